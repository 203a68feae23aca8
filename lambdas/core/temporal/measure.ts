// Figures with intervals of scored windows: each window, all together, and the patients who were first seen in them.
import { estimate, missing, tooSmall } from '../evaluation/measured.ts';
import { numberPatients, type Ranking, rankRows } from '../evaluation/ranking.ts';
import { eachResample } from '../evaluation/resamples.ts';
import { figuresOf, patientSums, SUM_FIGURES } from './patient-sums.ts';
import type { InTime, WindowScores } from './rolling-origin.ts';
import type { TemporalEvaluation, TemporalFigures } from './schema.ts';
import { sweep } from './sweep.ts';

const FIGURES = ['auroc', 'ece', ...SUM_FIGURES] as const;

/** Rows of one set: labels, probabilities and patients, one entry a row. */
interface Scored {
  readonly labels: Uint8Array;
  readonly groups: Float64Array;
  readonly probabilities: Float64Array;
}

/** Every set is measured on the same `resamples` draws of all patients, so that sets can be compared. Deterministic for a seed. */
export function measureInTime(
  scored: InTime,
  { resamples, seed }: { resamples: number; seed: number },
): TemporalEvaluation {
  if (scored.outcome === 'not_scored') return { outcome: 'not_measured', reason: scored.reason };
  const { windows } = scored;
  const sets: Scored[] = [
    pooled(windows, all),
    pooled(windows, newcomers),
    ...windows.flatMap((window) => [all(window), newcomers(window), ...leftAlone(window)]),
  ];
  const figures = measureSets(sets, resamples, seed);
  const next = () => figures.shift() ?? nothing('it was not measured', none);
  const [together, newTogether] = [next(), next()];
  return {
    outcome: 'measured',
    order: 'encounter_id',
    bootstrap: { unit: 'patient', resamples, seed },
    windows: windows.map((scores) => ({
      from: scores.window.from,
      to: scores.window.to,
      starts_at: scores.window.start,
      train_rows: scores.trainRows,
      validation_rows: scores.validationRows,
      all: next(),
      first_seen: next(),
      frozen: scores.frozen === null ? null : next(),
    })),
    all: together,
    first_seen: newTogether,
  };
}

const none = { rows: 0, positives: 0, patients: 0, mean_predicted: null };
const all = ({ labels, groups, probabilities }: WindowScores): Scored => ({ labels, groups, probabilities });
const leftAlone = ({ labels, groups, frozen }: WindowScores): Scored[] =>
  frozen === null ? [] : [{ labels, groups, probabilities: frozen }];

function newcomers({ labels, groups, probabilities, firstSeen }: WindowScores): Scored {
  const rows = Uint32Array.from(labels.keys()).filter((row) => firstSeen[row] === 1);
  return {
    labels: Uint8Array.from(rows, (row) => labels[row]),
    groups: Float64Array.from(rows, (row) => groups[row]),
    probabilities: Float64Array.from(rows, (row) => probabilities[row]),
  };
}

function pooled(windows: readonly WindowScores[], part: (window: WindowScores) => Scored): Scored {
  const parts = windows.map(part);
  return {
    labels: Uint8Array.from(parts.flatMap(({ labels }) => Array.from(labels))),
    groups: Float64Array.from(parts.flatMap(({ groups }) => Array.from(groups))),
    probabilities: Float64Array.from(parts.flatMap(({ probabilities }) => Array.from(probabilities))),
  };
}

function measureSets(sets: readonly Scored[], resamples: number, seed: number): TemporalFigures[] {
  const patients = numberPatients(Float64Array.from(sets.flatMap(({ groups }) => Array.from(groups))));
  const numberOf = numbering(patients.ofRow, sets);
  const prepared = sets.map((set, index) => prepare(set, numberOf[index], patients.count, resamples));
  eachResample(patients.count, resamples, seed, (multiplicity, resample) => {
    for (const { run, drawn } of prepared) {
      if (run === null) continue;
      const figures = run(multiplicity);
      for (let figure = 0; figure < FIGURES.length; figure += 1) drawn[figure][resample] = figures[figure];
    }
  });
  return prepared.map(({ describe }) => describe());
}

/** The patients' numbers of all sets, a piece a set. */
function numbering(ofRow: Uint32Array, sets: readonly Scored[]): Uint32Array[] {
  let at = 0;
  return sets.map(({ labels }) => {
    at += labels.length;
    return ofRow.subarray(at - labels.length, at);
  });
}

function prepare({ labels, probabilities }: Scored, ofRow: Uint32Array, patients: number, resamples: number) {
  const positives = labels.reduce((sum, label) => sum + label, 0);
  const mean_predicted = labels.length === 0 ? null : probabilities.reduce((sum, p) => sum + p, 0) / labels.length;
  const facts = { rows: labels.length, positives, patients: new Set(ofRow).size, mean_predicted };
  const refusal = tooSmall(facts);
  if (refusal !== null) return { run: null, drawn: [], describe: () => nothing(refusal, facts) };
  const run = sweeper(rankRows(labels, probabilities, { count: patients, ofRow }));
  const point = Float64Array.from(run(new Uint8Array(patients).fill(1)));
  const drawn = FIGURES.map(() => new Float64Array(resamples));
  const at = (name: (typeof FIGURES)[number]) => {
    const figure = FIGURES.indexOf(name);
    return estimate(point[figure], drawn[figure], 'the encounters do not determine it');
  };
  const describe = (): TemporalFigures => ({
    ...facts,
    auroc: at('auroc'),
    log_loss: at('log_loss'),
    ece: at('ece'),
    slope: at('slope'),
    intercept: at('intercept'),
    observed_expected: at('observed_expected'),
  });
  return { run, drawn, describe };
}

/** All FIGURES of one resample; the array is reused. */
function sweeper(ranking: Ranking): (multiplicity: Uint8Array) => Float64Array {
  const sums = patientSums(ranking);
  const out = new Float64Array(FIGURES.length);
  const ofSums = out.subarray(2);
  return (multiplicity) => {
    sweep(ranking, multiplicity, figuresOf(sums, multiplicity, ofSums), out);
    return out;
  };
}

function nothing(
  reason: string,
  facts: Pick<TemporalFigures, 'rows' | 'positives' | 'patients' | 'mean_predicted'>,
): TemporalFigures {
  const absent = missing(reason);
  return {
    ...facts,
    auroc: absent,
    log_loss: absent,
    ece: absent,
    slope: absent,
    intercept: absent,
    observed_expected: absent,
  };
}
