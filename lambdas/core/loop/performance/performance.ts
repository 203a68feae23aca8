// GET /performance: cohorts of a range of days, and what each version was worth on those that are ripe.
import { cohortsOf, type KnownOutcome, ripeAt } from '../cohort/cohort.ts';
import type { PredictionRecord } from '../record/record.ts';
import type { PerformanceAnswer } from './answers.ts';
import { type Realised, realisedAlarm, realisedFigures } from './realised.ts';

export interface Known {
  readonly records: readonly PredictionRecord[];
  readonly outcomes: readonly KnownOutcome[];
}

/** @param now milliseconds since 1970 */
export function performanceOf(
  range: { readonly from: string; readonly to: string },
  { records, outcomes }: Known,
  now: number,
): PerformanceAnswer {
  const byId = new Map(records.map((record) => [record.prediction_id, record]));
  const predicted = records.map(({ prediction_id, time, margin, probability }) => ({
    ...{ prediction_id, from: time, margin, probability },
  }));
  const { cohorts, scorable } = cohortsOf(predicted, outcomes, now);
  const versions = [...new Set(records.map(({ model_version }) => model_version))].sort(
    (a, b) => Number(a) - Number(b),
  );
  return {
    ...range,
    read_at: new Date(now).toISOString(),
    cohorts,
    versions: versions.map((version) => {
      const rows = scorable.flatMap((row): Realised[] => {
        const record = byId.get(row.prediction_id);
        return record?.model_version === version ? [{ ...row, encounter: record.encounter }] : [];
      });
      const threshold = records.find(({ model_version }) => model_version === version)?.threshold ?? 0.5;
      return { model_version: version, figures: realisedFigures(rows, threshold), alarm: realisedAlarm(rows) };
    }),
    unknown_outcomes: outcomes.filter(({ prediction_id }) => !byId.has(prediction_id)).length,
    note: noteOf(
      range.from,
      records.length,
      cohorts.some(({ ripe }) => ripe),
      scorable.length,
    ),
  };
}

function noteOf(from: string, predictions: number, ripe: boolean, scored: number): string | null {
  if (predictions === 0) return 'No prediction was recorded on these days.';
  if (!ripe) return `No cohort is ripe before ${new Date(ripeAt(from)).toISOString().slice(0, 10)}.`;
  return scored === 0 ? 'No outcome of a ripe cohort was reported: POST /outcomes.' : null;
}
