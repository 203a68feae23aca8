// npm run bench:predict -- [--url URL] [--seconds N] [--workers N]: how fast predictions are answered. Prints one JSON line.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import autocannon from 'autocannon';
import { z } from 'zod';
import { describeFailure } from '../failure.ts';
import type { DeployedFunction } from '../gateway/deployed-function.ts';
import { stopAll, watchForEnd } from '../interrupt.ts';
import { ROOT } from '../paths.ts';
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
/** Requests a second of the open loop: half of what the closed loop must reach. */
const OPEN_RATE = 3000;

async function bench(): Promise<void> {
  const { values } = parseArgs({
    options: { url: { type: 'string' }, seconds: { type: 'string' }, workers: { type: 'string' } },
  });
  const { url, seconds, workers } = optionsSchema.parse(values);
  const serving = url === undefined ? await openServing(workers) : null;
  const target = `${url ?? serving?.url}/predict`;
  // Before the load: after it the local cloud is still counting log lines, and a start that reads from it waits.
  const handler = serving === null ? null : await measureHandler(serving.predict);
  await load(target, 10, WARM_UP_SECONDS);
  const connections: Record<string, Figures> = {};
  for (const count of [1, 10, 50]) connections[count] = await load(target, count, seconds);
  const open = await load(target, 10, seconds, OPEN_RATE);
  const model = serving === null ? {} : { synthetic_data: serving.synthetic, workers };
  console.log(JSON.stringify({ ...model, connections, open_loop: { rate: OPEN_RATE, ...open }, handler }));
}

interface Figures {
  readonly requests_per_second: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
  readonly errors: number;
}

async function load(url: string, connections: number, duration: number, overallRate?: number): Promise<Figures> {
  const body = readFileSync(EXAMPLES[1], 'utf8');
  const headers = { 'content-type': 'application/json' };
  const rate = overallRate === undefined ? {} : { overallRate };
  const result = await autocannon({ url, connections, duration, method: 'POST', headers, body, workers: 1, ...rate });
  const { requests, latency, errors, timeouts, non2xx } = result;
  return {
    requests_per_second: Math.round(requests.average),
    ...{ p50: latency.p50, p99: latency.p99, max: latency.max },
    errors: errors + timeouts + non2xx,
  };
}

async function measureHandler(predict: DeployedFunction): Promise<unknown> {
  const script = join(import.meta.dirname, 'predict-handler.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [script, predict.directory, ...EXAMPLES], {
    env: { ...(await predict.variables()), PATH: process.env.PATH },
  });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? 'null');
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
