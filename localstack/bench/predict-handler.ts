// Measures the warm predict function alone, in a process of its own: one prediction, explanation, batch, memory.
// Its environment is the deployed function's. Prints one JSON line.
import { readFileSync } from 'node:fs';
import { startHandler } from './deployed-handler.ts';

const [directory = '', ...exampleFiles] = process.argv.slice(2);
const examples = exampleFiles.map((file) => readFileSync(file, 'utf8'));

const idleMb = residentMb();
const call = await startHandler(directory);
await call('/predict', examples[0]);

const write = process.stdout.write.bind(process.stdout);
process.stdout.write = () => true; // the function's log lines
const predict = (i: number) => call('/predict', examples[i % examples.length]);
const explain = (i: number) => call('/predict', examples[i % examples.length], { explain: 'true' });
const thousand = JSON.stringify({
  encounters: Array.from({ length: 1000 }, (_, i) => JSON.parse(examples[i % examples.length])),
});

await microseconds(3000, predict); // compiled by then
const figures = {
  predict_us: await microseconds(20_000, predict),
  explain_us: await microseconds(2000, explain),
  batch_1000_ms: round((await microseconds(30, () => call('/predict/batch', thousand))).p50 / 1000),
  rss_over_idle_mb: round(residentMb() - idleMb),
};
write(`${JSON.stringify(figures)}\n`);
process.exit(0);

/** Median and 99th percentile of n calls, one after the other. */
async function microseconds(n: number, work: (i: number) => Promise<void>): Promise<{ p50: number; p99: number }> {
  const times = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const before = performance.now();
    await work(i);
    times[i] = (performance.now() - before) * 1000;
  }
  times.sort();
  return { p50: round(times[n >> 1]), p99: round(times[Math.floor(n * 0.99)]) };
}

function residentMb(): number {
  return process.memoryUsage.rss() / 2 ** 20;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
