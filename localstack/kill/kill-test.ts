// npm run kill-test -- --times 50 --seed 1: kills all processes of a running readmit again and again, and looks what is lost.
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { describeFailure } from '../failure.ts';
import { countOf, totalOf } from './acknowledged.ts';
import { killTest } from './rounds.ts';

const HELP = `npm run kill-test -- [options]

  --times N   how often everything is killed (default 50)
  --seed S    decides what is written and when it is killed (default: another each time)

Runs in a folder of its own, beside whatever else runs. Ends with 1 when anything acknowledged was lost.`;

const optionsSchema = z.object({
  times: z.coerce.number().int().min(1).max(10_000).default(50),
  seed: z.coerce
    .number()
    .int()
    .default(() => Date.now() % 2 ** 31),
  help: z.boolean().default(false),
});

try {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ options: { times: text, seed: text, help: { type: 'boolean' } } });
  const { times, seed, help } = optionsSchema.parse(values);
  if (help) console.log(HELP);
  else process.exitCode = await run(times, seed);
} catch (error) {
  console.error(describeFailure(error));
  process.exitCode = 1;
}

async function run(times: number, seed: number): Promise<number> {
  console.log(`seed ${seed}, ${times} kills`);
  const restarts: number[] = [];
  let acknowledged: Record<string, number> = {};
  const amiss = await killTest({
    ...{ times, seed },
    onRound: ({ round, after, saving, restartMs, known, findings }) => {
      restarts.push(restartMs);
      acknowledged = countOf(known);
      const moment = `${after} ms${saving ? ', while saving' : ''}`;
      const found = findings.length === 0 ? 'nothing lost' : findings.join('; ');
      console.log(
        `${round}: killed after ${moment}; ${totalOf(known)} acknowledged; up in ${Math.round(restartMs)} ms; ${found}`,
      );
    },
  });
  restarts.sort((a, b) => a - b);
  const median = Math.round(restarts[Math.floor(restarts.length / 2)] ?? 0);
  console.log(JSON.stringify({ seed, times, acknowledged, lost: amiss.length, restart_ms_median: median }));
  return amiss.length === 0 ? 0 : 1;
}
