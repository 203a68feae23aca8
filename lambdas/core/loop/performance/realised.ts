// What a version was worth on the predictions whose outcomes are known and whose cohorts are ripe.
import { evaluate } from '../../evaluation/evaluate.ts';
import { estimate, missing } from '../../evaluation/measured.ts';
import { numberPatients, rankRows } from '../../evaluation/ranking.ts';
import { eachResample } from '../../evaluation/resamples.ts';
import type { Estimate } from '../../evaluation/schema.ts';
import { figuresOf, patientSums, SUM_FIGURES } from '../../temporal/patient-sums.ts';
import { addOutcomes, type CalibrationAlarm, calibrationAlarm, noEvidence } from '../alarm/calibration-alarm.ts';
import type { Scorable } from '../cohort/cohort.ts';
import type { RealisedFigures } from './answers.ts';

/** A scorable prediction; those of one encounter are drawn together, where the caller named it. */
export interface Realised extends Scorable {
  readonly encounter: string | null;
}

const RESAMPLES = 200;
const SEED = 20_260_101;

/**
 * All figures; null without rows. Records name no patient, so the unit of resampling is the encounter: where patients come
 * often, the true intervals are wider.
 */
export function realisedFigures(rows: readonly Realised[], threshold: number): RealisedFigures | null {
  if (rows.length === 0) return null;
  const labels = Uint8Array.from(rows, ({ readmitted }) => Number(readmitted));
  const probabilities = Float64Array.from(rows, ({ probability }) => probability);
  const groups = unitsOf(rows);
  const { metrics, net_benefit } = evaluate({
    ...{ labels, probabilities, groups, slices: {}, threshold, resamples: RESAMPLES, seed: SEED },
  });
  return {
    rows: rows.length,
    readmitted: labels.reduce((sum, label) => sum + label, 0),
    expected: probabilities.reduce((sum, p) => sum + p, 0),
    ...calibration(labels, probabilities, groups),
    ...{ auroc: metrics.auroc, log_loss: metrics.log_loss, ece: metrics.ece },
    net_benefit,
  };
}

/** The alarm over all outcomes of a version, in the order of their predictions. */
export function realisedAlarm(rows: readonly Realised[]): CalibrationAlarm {
  const probabilities = Float64Array.from(rows, ({ probability }) => probability);
  const labels = Uint8Array.from(rows, ({ readmitted }) => Number(readmitted));
  return calibrationAlarm(addOutcomes(noEvidence(), probabilities, labels));
}

type CalibrationFigures = Pick<RealisedFigures, 'slope' | 'intercept' | 'observed_expected'>;

function calibration(labels: Uint8Array, probabilities: Float64Array, groups: Float64Array): CalibrationFigures {
  const units = numberPatients(groups);
  const sums = patientSums(rankRows(labels, probabilities, units));
  const out = new Float64Array(SUM_FIGURES.length);
  figuresOf(sums, new Uint8Array(units.count).fill(1), out);
  const point = Float64Array.from(out);
  const drawn = SUM_FIGURES.map(() => new Float64Array(RESAMPLES));
  eachResample(units.count, RESAMPLES, SEED, (multiplicity, resample) => {
    figuresOf(sums, multiplicity, out);
    for (const [figure, values] of drawn.entries()) values[resample] = out[figure];
  });
  const at = (name: (typeof SUM_FIGURES)[number]): Estimate => {
    const figure = SUM_FIGURES.indexOf(name);
    const why = 'the outcomes do not determine it';
    return drawn[figure] === undefined ? missing(why) : estimate(point[figure], drawn[figure], why);
  };
  return { slope: at('slope'), intercept: at('intercept'), observed_expected: at('observed_expected') };
}

/** Numbers of encounters: a prediction whose encounter was not named is one by itself. */
function unitsOf(rows: readonly Realised[]): Float64Array {
  const numbers = new Map<string, number>();
  return Float64Array.from(rows, ({ encounter, prediction_id }) => {
    const name = encounter ?? prediction_id;
    const number = numbers.get(name) ?? numbers.size;
    numbers.set(name, number);
    return number;
  });
}
