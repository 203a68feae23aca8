// Load on a running service: a closed loop of some connections, or an open loop at a rate.
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { runScript } from './script.ts';

export const loadSchema = z.object({
  /** Base URL of the service. */
  url: z.string(),
  /** File with the body that is sent to /predict. */
  bodyFile: z.string(),
  connections: z.number(),
  seconds: z.number(),
  /** Requests a second over all connections; without it each connection sends as soon as it is answered. */
  rate: z.number().optional(),
});
export type Load = z.infer<typeof loadSchema>;

export const figuresSchema = z.object({
  requests_per_second: z.number(),
  /** Milliseconds. */
  p50: z.number(),
  p99: z.number(),
  max: z.number(),
  errors: z.number(),
});
export type Figures = z.infer<typeof figuresSchema>;

export async function load(work: Load): Promise<Figures> {
  return figuresSchema.parse(await runScript('send-load.ts', [JSON.stringify(work)]));
}

const QUIET_MS = 3000;
const PATIENCE_MS = 120_000;

/** Resolves when the predictions so far have been counted, so that what is measured next bears its own log lines only. */
export async function untilCounted(url: string): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  let last = '';
  let since = performance.now();
  while (performance.now() - since < QUIET_MS) {
    if (performance.now() > deadline) throw new Error('the predictions of the last load were not counted in time');
    await pause(500);
    const now = counters(await (await fetch(`${url}/metrics`)).text());
    if (now !== last) since = performance.now();
    last = now;
  }
}

function counters(exposition: string): string {
  return exposition
    .split('\n')
    .filter((line) => line.startsWith('predictions_total'))
    .join();
}
