// What Artillery measured, as figures: of the whole run and of each ten seconds of it.
import { z } from 'zod';
import type { Limits } from './scenarios.ts';

const summary = z.object({ mean: z.number(), p50: z.number(), p95: z.number(), p99: z.number(), max: z.number() });
const periodSchema = z.object({
  counters: z.record(z.string(), z.number()).default({}),
  summaries: z.record(z.string(), summary.partial()).default({}),
  firstMetricAt: z.number().optional(),
  period: z.union([z.string(), z.number()]).optional(),
});
export const artillerySchema = z.object({ aggregate: periodSchema, intermediate: z.array(periodSchema) });
type Period = z.infer<typeof periodSchema>;

const figuresSchema = z.object({
  requests: z.number(),
  errors: z.number(),
  /** Errors by HTTP status or by name. */
  errorKinds: z.record(z.string(), z.number()),
  /** Milliseconds. */
  ...summary.shape,
});
export const resultSchema = z.object({
  scenario: z.string(),
  target: z.string(),
  started: z.string(),
  seconds: z.number(),
  passed: z.boolean(),
  /** What did not hold, in words. */
  complaints: z.array(z.string()),
  figures: figuresSchema,
  course: z.array(
    z.object({ second: z.number(), rate: z.number(), p50: z.number(), p99: z.number(), errors: z.number() }),
  ),
});
export type Result = z.infer<typeof resultSchema>;
export type Figures = z.infer<typeof figuresSchema>;

export function figuresOf({ counters, summaries }: Period): Figures {
  const times = summaries['http.response_time'] ?? {};
  const errorKinds: Record<string, number> = {};
  for (const [name, n] of Object.entries(counters)) {
    const code = /^http\.codes\.(\d+)$/.exec(name)?.[1];
    const error = /^errors\.(.+)$/.exec(name)?.[1];
    if (code !== undefined && !code.startsWith('2')) errorKinds[code] = n;
    // A status that was not expected is counted by its code already.
    else if (error !== undefined && !error.includes('expectation')) errorKinds[error] = n;
  }
  const of = (name: keyof typeof times) => times[name] ?? 0;
  return {
    requests: counters['http.requests'] ?? 0,
    errors: Object.values(errorKinds).reduce((sum, n) => sum + n, 0),
    errorKinds,
    ...{ mean: of('mean'), p50: of('p50'), p95: of('p95'), p99: of('p99'), max: of('max') },
  };
}

export function complaintsOf({ requests, errors, mean, p99 }: Figures, limits: Limits): string[] {
  const complaints: string[] = [];
  if (requests === 0) complaints.push('nothing was asked');
  if (errors > 0) complaints.push(`${errors} of ${requests} requests failed; none may`);
  if (limits.mean !== undefined && mean > limits.mean)
    complaints.push(`the mean of ${mean} ms is above ${limits.mean} ms`);
  if (p99 > limits.p99) complaints.push(`p99 of ${p99} ms is above ${limits.p99} ms`);
  return complaints;
}

const PERIOD_SECONDS = 10;

export function courseOf(intermediate: readonly Period[]): Result['course'] {
  return intermediate.map((period, i) => {
    const { requests, p50, p99, errors } = figuresOf(period);
    return { second: i * PERIOD_SECONDS, rate: requests / PERIOD_SECONDS, p50, p99, errors };
  });
}
