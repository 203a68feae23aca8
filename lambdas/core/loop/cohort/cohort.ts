// Cohorts: predictions of one UTC day and version, scored only when every outcome had its time to happen and to arrive.

/** The window that the model predicts, and what outcomes may take to arrive after it. */
export const OUTCOME_DAYS = 30;
export const GRACE_DAYS = 7;
const DAY_MS = 24 * 3600 * 1000;

/** The newest UTC day whose cohort is ripe. */
export function newestRipeDay(now: number, graceDays = GRACE_DAYS): string {
  return dayOf(now - (1 + OUTCOME_DAYS + graceDays) * DAY_MS);
}

/** UTC days from one to another, both of them; empty where they are in the wrong order. */
export function daysBetween(from: string, to: string): string[] {
  const first = Date.parse(`${from}T00:00:00Z`);
  const days = Math.round((Date.parse(`${to}T00:00:00Z`) - first) / DAY_MS) + 1;
  return Array.from({ length: Math.max(days, 0) }, (_, i) => dayOf(first + i * DAY_MS));
}

export interface Predicted {
  readonly prediction_id: string;
  /** Milliseconds since 1970: the discharge where it is known, else the prediction. */
  readonly from: number;
  readonly margin: number;
  readonly probability: number;
}

/** What is known of one prediction at last: revisions are resolved before. */
export interface KnownOutcome {
  readonly prediction_id: string;
  readonly readmitted: boolean;
}

export interface Cohort {
  readonly day: string;
  readonly ripe_at: string;
  readonly ripe: boolean;
  readonly predictions: number;
  /** Outcomes that are known. Before the cohort is ripe it counts nothing else: an early yes would pass for a high rate. */
  readonly outcomes: number;
}

/** A prediction whose cohort is ripe and whose outcome is known. */
export interface Scorable extends Predicted {
  readonly readmitted: boolean;
}

export const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10);

/** The first instant at which a cohort of this UTC day may be scored: its last prediction had 30 days and the grace. */
export function ripeAt(day: string, graceDays = GRACE_DAYS): number {
  return Date.parse(`${day}T00:00:00Z`) + (1 + OUTCOME_DAYS + graceDays) * DAY_MS;
}

/**
 * Sorts the predictions of any days into cohorts and answers which may be scored.
 * @param now milliseconds since 1970
 */
export function cohortsOf(
  predictions: readonly Predicted[],
  outcomes: readonly KnownOutcome[],
  now: number,
  graceDays = GRACE_DAYS,
): { readonly cohorts: Cohort[]; readonly scorable: Scorable[] } {
  const known = new Map(outcomes.map((outcome) => [outcome.prediction_id, outcome.readmitted]));
  const byDay = Map.groupBy(predictions, ({ from }) => dayOf(from));
  const days = [...byDay].sort(([a], [b]) => (a < b ? -1 : 1));
  const cohorts: Cohort[] = [];
  const scorable: Scorable[] = [];
  for (const [day, members] of days) {
    const at = ripeAt(day, graceDays);
    const ripe = now >= at;
    const labelled = members.flatMap((member) => {
      const readmitted = known.get(member.prediction_id);
      return readmitted === undefined ? [] : [{ ...member, readmitted }];
    });
    cohorts.push({
      ...{ day, ripe_at: new Date(at).toISOString(), ripe },
      ...{ predictions: members.length, outcomes: labelled.length },
    });
    if (ripe) scorable.push(...labelled.sort(byTime));
  }
  return { cohorts, scorable };
}

/** A total order, so that the figures do not depend on the order in which records arrived. */
const byTime = (a: Predicted, b: Predicted) => a.from - b.from || (a.prediction_id < b.prediction_id ? -1 : 1);
