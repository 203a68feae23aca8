// npm run bench:temporal -- --data FILE [--out FOLDER]: candidates in time, as Evaluate measures the one that it chose. With --out also
// every score, so that lambdas/core/temporal/fixtures/temporal.py can compute all figures again.
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { DEFAULT_CANDIDATES, fittableSchema } from '../../lambdas/core/candidates/candidate.ts';
import { measureInTime } from '../../lambdas/core/temporal/measure.ts';
import { type InTime, scoreInTime } from '../../lambdas/core/temporal/rolling-origin.ts';
import type { TemporalFigures } from '../../lambdas/core/temporal/schema.ts';
import { readEncounters } from '../train/read-encounters.ts';

const optionsSchema = z.object({
  data: z.string(),
  out: z.string().optional(),
  candidate: z.array(z.string().transform((json) => fittableSchema.parse(JSON.parse(json)))).default([]),
  threads: z.coerce.number().int().min(1).default(availableParallelism()),
  resamples: z.coerce.number().int().min(0).default(500),
});
const text = { type: 'string' } as const;
const { values } = parseArgs({
  options: { data: text, out: text, threads: text, resamples: text, candidate: { type: 'string', multiple: true } },
});
const { data, out, threads, resamples, candidate: named } = optionsSchema.parse(values);
const splits = await readEncounters(data, 'diabetes130-v1');

for (const candidate of named.length > 0 ? named : [DEFAULT_CANDIDATES[0]]) {
  const start = performance.now();
  const scored = await scoreInTime(candidate, splits, { threads });
  const fitted = performance.now();
  const fittedCpu = process.cpuUsage();
  const measured = measureInTime(scored, { resamples, seed: 20_080_101 });
  const name = candidate.name ?? candidate.algorithm;
  console.log(
    `${name}: fits ${seconds(fitted - start)}, figures ${seconds(performance.now() - fitted)} (CPU ${seconds(process.cpuUsage(fittedCpu).user / 1000)})`,
  );
  if (measured.outcome === 'not_measured') console.log(measured.reason);
  else {
    console.log(line('all later', measured.all));
    console.log(line('  first seen', measured.first_seen));
    for (const { from, to, all, first_seen, frozen } of measured.windows) {
      const part = `${from.toFixed(1)}-${to.toFixed(1)}`;
      console.log(line(part, all));
      console.log(line('  first seen', first_seen));
      if (frozen) console.log(line('  frozen', frozen));
    }
  }
  if (out !== undefined) {
    mkdirSync(out, { recursive: true });
    writeFileSync(join(out, 'temporal.json'), JSON.stringify(measured));
    writeFileSync(join(out, 'scores.csv'), scoresOf(scored));
  }
}

function line(
  name: string,
  { rows, auroc, log_loss, ece, slope, intercept, observed_expected }: TemporalFigures,
): string {
  const shown = [auroc, log_loss, ece, slope, intercept, observed_expected].map(
    ({ value, low, high }) => `${value?.toFixed(4)} [${low?.toFixed(3)}, ${high?.toFixed(3)}]`,
  );
  return `${name.padEnd(14)} ${String(rows).padStart(6)}  ${shown.join('  ')}`;
}

function scoresOf(scored: InTime): string {
  if (scored.outcome === 'not_scored') return '';
  const lines = ['window,order,label,group,probability,frozen,first_seen'];
  for (const [index, w] of scored.windows.entries()) {
    for (const [row, p] of w.probabilities.entries()) {
      lines.push(
        [index, w.order[row], w.labels[row], w.groups[row], p, w.frozen?.[row] ?? 0.5, w.firstSeen[row]].join(','),
      );
    }
  }
  return `${lines.join('\n')}\n`;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
