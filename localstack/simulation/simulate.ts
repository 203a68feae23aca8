// npm run simulate -- --histories N --seed S: plays histories full of faults and says whether every promise held.
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { describeStep, drawHistory } from './history/actions.ts';
import { shrink } from './history/shrink.ts';
import { PLANTED } from './planted/faults.ts';
import type { ToldResult } from './protocol.ts';
import { Thread } from './threads.ts';

const HELP = `npm run simulate -- [options]

  --histories N   histories to play (default 1000)
  --seed S        seed of the first (default 1); the next has S + 1
  --threads N     (default: all cores)
  --planted NAME  put a known fault in first, to see it found; --planted list names them

A failing history is told by its seed, and by the fewest steps and faults with which it still fails.`;

const optionsSchema = z.object({
  histories: z.coerce.number().int().min(1).default(1000),
  seed: z.coerce.number().int().min(0).default(1),
  threads: z.coerce.number().int().min(1).max(64).default(availableParallelism()),
  planted: z.string().optional(),
  help: z.boolean().default(false),
});

const text = { type: 'string' } as const;
const { values } = parseArgs({
  options: { histories: text, seed: text, threads: text, planted: text, help: { type: 'boolean' } },
});
const options = optionsSchema.parse(values);
if (options.help) console.log(HELP);
else if (options.planted === 'list') for (const { name } of PLANTED) console.log(name);
else await simulate();

async function simulate(): Promise<void> {
  const { histories, seed: first, planted = null } = options;
  const started = performance.now();
  const threads = Array.from({ length: Math.min(options.threads, histories) }, () => new Thread(planted));
  const sums = { events: 0, entries: 0, executions: 0, faults: 0 };
  let failing: ToldResult | null = null;
  let next = first;
  let played = 0;
  await Promise.all(
    threads.map(async (thread) => {
      while (next < first + histories && failing === null) {
        const result = await thread.play(drawHistory(next++));
        played += 1;
        sums.events += result.events;
        sums.entries += result.entries;
        sums.executions += result.executions;
        sums.faults += result.faults.length;
        if (result.violation !== null) failing ??= result;
        if (played % 500 === 0) console.log(`${played} histories`);
      }
    }),
  );
  const seconds = (performance.now() - started) / 1000;
  console.log(
    `${played} histories from seed ${first} in ${seconds.toFixed(0)} s: ${sums.executions} executions, ${sums.entries} ledger entries, ` +
      `${sums.events} events, ${sums.faults} faults`,
  );
  if (failing === null) console.log('0 violations');
  else await tell(failing, threads);
  await Promise.all(threads.map((thread) => thread.close()));
}

async function tell(found: ToldResult, [thread]: readonly Thread[]): Promise<void> {
  process.exitCode = 1;
  console.log(`\nseed ${found.seed} breaks "${found.violation?.invariant}": ${found.violation?.text}`);
  if (thread === undefined) return;
  const { history, result } = await shrink({ history: drawHistory(found.seed), result: found }, (one) =>
    thread.play(one),
  );
  console.log(`\nit still does, with the same seed, in ${history.steps.length} steps: ${result.violation?.text}`);
  for (const step of history.steps) console.log(`  ${describeStep(step)}`);
  console.log('and then the world comes to rest and has to come right.');
  console.log(result.faults.length === 0 ? 'No fault is needed.' : 'Faults on the way:');
  for (const fault of result.faults) console.log(`  ${fault}`);
}
