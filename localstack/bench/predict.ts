// npm run bench:predict -- [--url URL] [--seconds N] [--workers N]: how fast predictions are answered. Prints one JSON line.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { describeFailure } from '../failure.ts';
import type { DeployedFunction } from '../gateway/deployed-function.ts';
import { stopAll, watchForEnd } from '../interrupt.ts';
import { ROOT } from '../paths.ts';
import { type Figures, load, untilCounted } from './load.ts';
import { runScript } from './script.ts';
import { openServing } from './serving.ts';

const EXAMPLES = ['low-risk', 'high-risk', 'third-patient'].map((name) =>
  join(ROOT, 'localstack', 'examples', `${name}.json`),
);
const optionsSchema = z.object({
  url: z.url().optional(),
  seconds: z.coerce.number().min(1).max(600).default(10),
  workers: z.coerce.number().int().min(1).max(16).default(1),
});
const WARM_UP_SECONDS = 5;
/** Starts of the function that are measured, one after the other. */
const STARTS = 15;
/** Requests a second of the open loop: half of what the closed loop must reach. */
const OPEN_RATE = 3000;
const OPEN_CONNECTIONS = 20;

async function bench(): Promise<void> {
  const { values } = parseArgs({
    options: { url: { type: 'string' }, seconds: { type: 'string' }, workers: { type: 'string' } },
  });
  const { url, seconds, workers } = optionsSchema.parse(values);
  const serving = url === undefined ? await openServing(workers) : null;
  const target = url ?? serving?.url ?? '';
  // Before the load: after it the local cloud has more to remember, and a start that reads from it waits.
  const handler = serving === null ? null : await measureHandler(serving.predict);
  const measure = async (connections: number, rate?: number): Promise<Figures> => {
    if (serving !== null) await untilCounted(target);
    return load({ url: target, bodyFile: EXAMPLES[1], connections, seconds, rate });
  };
  await load({ url: target, bodyFile: EXAMPLES[1], connections: 10, seconds: WARM_UP_SECONDS });
  const connections: Record<string, Figures> = {};
  for (const count of [1, 10, 50]) connections[count] = await measure(count);
  const open = await measure(OPEN_CONNECTIONS, OPEN_RATE);
  const model = serving === null ? {} : { synthetic_data: serving.synthetic, workers };
  console.log(JSON.stringify({ ...model, connections, open_loop: { rate: OPEN_RATE, ...open }, handler }));
}

async function measureHandler(predict: DeployedFunction): Promise<object> {
  const env = { ...(await predict.variables()), PATH: process.env.PATH };
  const files = [predict.directory, ...EXAMPLES];
  const starts: z.infer<typeof startSchema>[] = [];
  for (let i = 0; i < STARTS; i++) starts.push(startSchema.parse(await runScript('predict-start.ts', files, env)));
  return {
    init_ms: spread(starts.map(({ initMs }) => initMs)),
    init_to_first_answer_ms: spread(starts.map(({ firstAnswerMs }) => firstAnswerMs)),
    ...z.record(z.string(), z.unknown()).parse(await runScript('predict-handler.ts', files, env)),
  };
}

const startSchema = z.object({ initMs: z.number(), firstAnswerMs: z.number() });

function spread(values: readonly number[]): { readonly min: number; readonly median: number; readonly max: number } {
  const sorted = values.map(Math.round).sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? Number.NaN;
  return { min: at(0), median: at(0.5), max: at(1) };
}

let exitCode = 0;
watchForEnd(() => stopAll().then(() => process.exit(130)));
try {
  await bench();
} catch (error) {
  console.error(describeFailure(error));
  exitCode = 1;
}
await stopAll();
process.exit(exitCode);
