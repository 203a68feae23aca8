// GET /performance: the records and outcomes of a range of days, measured.
import { now } from '../../aws/clock.ts';
import { revisionsOf } from '../../aws/outcomes.ts';
import { recordTexts } from '../../aws/prediction-records.ts';
import { daysBetween, newestRipeDay } from '../../core/loop/cohort/cohort.ts';
import { resolve, revisionSchema } from '../../core/loop/outcome/revisions.ts';
import type { PerformanceAnswer } from '../../core/loop/performance/answers.ts';
import { performanceOf } from '../../core/loop/performance/performance.ts';
import { recordsFrom } from '../../core/loop/record/record.ts';
import { ProblemError } from '../../core/problem/problem.ts';
import type { OUTCOMES_ROUTES } from '../../core/routes/outcomes.ts';
import type { RequestOf } from '../http/handler.ts';

type Performance = (typeof OUTCOMES_ROUTES)['GET /performance'];

const MOST_DAYS = 92;
const DEFAULT_DAYS = 30;
const DAY_MS = 24 * 3600 * 1000;

export async function getPerformance({ query }: RequestOf<Performance>): Promise<PerformanceAnswer> {
  const at = Date.parse(now());
  const to = query.to ?? newestRipeDay(at);
  const from =
    query.from ?? new Date(Date.parse(`${to}T00:00:00Z`) - (DEFAULT_DAYS - 1) * DAY_MS).toISOString().slice(0, 10);
  const days = daysBetween(from, to);
  if (days.length === 0 || days.length > MOST_DAYS) throw wrongRange(days.length);
  const texts: string[] = [];
  const revisions = [];
  // Day by day: a hospital's day is small, and the function's memory holds one range of them.
  for (const day of days) {
    const [ofDay, reported] = await Promise.all([recordTexts(day), revisionsOf(day, revisionSchema)]);
    texts.push(...ofDay);
    revisions.push(...reported);
  }
  return performanceOf({ from, to }, { records: recordsFrom(texts), outcomes: resolve(revisions) }, at);
}

function wrongRange(days: number): ProblemError {
  const detail = days === 0 ? 'lies before from' : `lies ${days} days after from: up to ${MOST_DAYS} are measured`;
  return new ProblemError('invalid', `to: ${detail}.`, [{ pointer: '/to', field: 'to', detail, code: 'out_of_range' }]);
}
