// Sends load in a process of its own, so that neither its work nor its pauses are those of the service that is measured.
// Its argument is a Load as JSON. Prints one JSON line of figures.
import { readFileSync } from 'node:fs';
import autocannon from 'autocannon';
import { type Figures, type Load, loadSchema } from './load.ts';
import { openLoop } from './open-loop.ts';

const work = loadSchema.parse(JSON.parse(process.argv[2] ?? 'null'));
const url = new URL('/predict', work.url);
const body = readFileSync(work.bodyFile, 'utf8');
console.log(JSON.stringify(work.rate === undefined ? await closed(work) : await open(work, work.rate)));

async function closed({ connections, seconds: duration }: Load): Promise<Figures> {
  const headers = { 'content-type': 'application/json' };
  const result = await autocannon({ url: url.href, method: 'POST', headers, body, connections, duration });
  const { requests, latency, errors, timeouts, non2xx } = result;
  return {
    requests_per_second: Math.round(requests.average),
    ...{ p50: latency.p50, p99: latency.p99, max: latency.max },
    errors: errors + timeouts + non2xx,
  };
}

async function open({ connections, seconds }: Load, rate: number): Promise<Figures> {
  await openLoop({ url, body, connections, seconds: 1, rate }); // until this process's own code is compiled
  const { latencies, errors } = await openLoop({ url, body, connections, seconds, rate });
  const sorted = [...latencies].sort((a, b) => a - b);
  const at = (share: number) => Math.round((sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN) * 10) / 10;
  return {
    requests_per_second: Math.round(latencies.length / seconds),
    ...{ p50: at(0.5), p99: at(0.99), max: at(1) },
    errors,
  };
}
