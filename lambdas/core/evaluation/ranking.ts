// Rows ordered by risk once, so that every metric of every resample is one pass over them.

/** The rows cannot be evaluated; the message says which value is at fault. */
export class EvaluationInputError extends Error {
  override readonly name = 'EvaluationInputError';
}

/** Rows by probability, highest first; equal probabilities stand together. All arrays have `rows` entries. */
export interface Ranking {
  readonly rows: number;
  readonly positives: number;
  /** Row number in the caller's arrays. */
  readonly row: Uint32Array;
  readonly label: Uint8Array;
  readonly probability: Float64Array;
  /** 1 where the next row has another probability (and at the last row). */
  readonly endsTie: Uint8Array;
  /** Natural-log loss of the row, probabilities kept 2^-52 away from 0 and 1 as scikit-learn does. */
  readonly logLoss: Float64Array;
  /** Index into the multiplicities of a resample. */
  readonly patient: Uint32Array;
}

/** Patients numbered 0.. by ascending group value, so that resamples do not depend on the order of rows. */
export interface Patients {
  readonly count: number;
  readonly ofRow: Uint32Array;
}

export function numberPatients(groups: Float64Array): Patients {
  const distinct = Float64Array.from(new Set(groups)).sort();
  const index = new Map<number, number>();
  for (let i = 0; i < distinct.length; i++) index.set(distinct[i], i);
  return { count: distinct.length, ofRow: Uint32Array.from(groups, (group) => index.get(group) ?? 0) };
}

/**
 * @throws {EvaluationInputError} no rows, arrays of different lengths, a label other than 0 or 1, a probability outside
 * 0..1.
 */
export function rankRows(labels: Uint8Array, probabilities: Float64Array, patients: Patients): Ranking {
  checkRows(labels, probabilities, patients);
  const order = Uint32Array.from(labels.keys());
  order.sort((a, b) => probabilities[b] - probabilities[a] || a - b);
  return take(order, labels, probabilities, patients.ofRow);
}

/** The ranking of those rows alone for which `keep` (by row number) is not zero. */
export function rankSubset(all: Ranking, keep: (row: number) => boolean): Ranking {
  const places: number[] = [];
  for (let i = 0; i < all.rows; i++) if (keep(all.row[i])) places.push(i);
  const subset = take(Uint32Array.from(places), all.label, all.probability, all.patient);
  return { ...subset, row: subset.row.map((place) => all.row[place]) };
}

function take(order: Uint32Array, labels: Uint8Array, probabilities: Float64Array, patientOf: Uint32Array): Ranking {
  const rows = order.length;
  const label = new Uint8Array(rows);
  const probability = new Float64Array(rows);
  const endsTie = new Uint8Array(rows);
  const logLoss = new Float64Array(rows);
  const patient = new Uint32Array(rows);
  let positives = 0;
  for (let i = 0; i < rows; i++) {
    label[i] = labels[order[i]];
    probability[i] = probabilities[order[i]];
    patient[i] = patientOf[order[i]];
    positives += label[i];
    const kept = Math.min(Math.max(probability[i], Number.EPSILON), 1 - Number.EPSILON);
    logLoss[i] = -Math.log(label[i] === 1 ? kept : 1 - kept);
    if (i > 0 && probability[i] !== probability[i - 1]) endsTie[i - 1] = 1;
  }
  if (rows > 0) endsTie[rows - 1] = 1;
  return { rows, positives, row: order, label, probability, endsTie, logLoss, patient };
}

function checkRows(labels: Uint8Array, probabilities: Float64Array, patients: Patients): void {
  const rows = labels.length;
  if (rows === 0) throw new EvaluationInputError('there are no rows to evaluate');
  if (probabilities.length !== rows || patients.ofRow.length !== rows) {
    throw new EvaluationInputError(
      `${rows} labels, ${probabilities.length} probabilities and ${patients.ofRow.length} groups are not of the same rows`,
    );
  }
  for (let i = 0; i < rows; i++) {
    if (labels[i] > 1) throw new EvaluationInputError(`row ${i}: label ${labels[i]} is neither 0 nor 1`);
    if (!(probabilities[i] >= 0 && probabilities[i] <= 1)) {
      throw new EvaluationInputError(`row ${i}: probability ${probabilities[i]} is not within 0..1`);
    }
  }
}
