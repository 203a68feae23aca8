// A sketch: what is kept of all predictions of a dataset, model version and UTC day. Its size does not grow with their
// number, its numbers are integers, and sketches add up exactly in any order.
import type { LevelCounts } from './tally.ts';

/** Bins of the raw score (log-odds before calibration): below -6, 40 of width .2, and 2 or more. */
export const SCORE_BINS = 42;
const LOWEST = -6;
const WIDTH = 0.2;

export interface Sketch {
  /** Encounters that were judged, and those of them at or above the threshold. */
  rows: number;
  flagged: number;
  /** Encounters by bin of the raw score, and the sum of their calibrated probabilities in millionths. */
  readonly scored: number[];
  readonly probability_e6: number[];
  /** Answers by warning code. */
  readonly warnings: Map<string, number>;
  /** Encounters whose levels were told, by the contract of the levels; at most `rows`. */
  readonly levels: Map<string, { rows: number; readonly counts: Map<string, number> }>;
}

export interface Scored {
  readonly margin: number;
  /** As it is kept: rounded to millionths. */
  readonly probability: number;
  readonly warnings: readonly string[];
}

export function emptySketch(): Sketch {
  const zeros = () => new Array<number>(SCORE_BINS).fill(0);
  return {
    ...{ rows: 0, flagged: 0, scored: zeros(), probability_e6: zeros() },
    ...{ warnings: new Map(), levels: new Map() },
  };
}

export function scoreBin(margin: number): number {
  // Millionths first: .2 is no binary fraction, and a bin must not depend on how it is rounded.
  const place = Math.floor(Math.round((margin - LOWEST) * 1e6) / (WIDTH * 1e6)) + 1;
  return Math.min(Math.max(place, 0), SCORE_BINS - 1);
}

/** Lower and upper bound of a bin; infinite at the ends. */
export function scoreBounds(bin: number): readonly [number, number] {
  const at = (place: number) => Math.round((LOWEST + place * WIDTH) * 10) / 10;
  return [bin === 0 ? -Infinity : at(bin - 1), bin === SCORE_BINS - 1 ? Infinity : at(bin)];
}

/** Adds one answer; whether it was flagged is counted by the line, from the answer itself. */
export function addScored(sketch: Sketch, scored: Scored): void {
  const bin = scoreBin(scored.margin);
  sketch.rows += 1;
  sketch.scored[bin] += 1;
  sketch.probability_e6[bin] += Math.round(scored.probability * 1e6);
  for (const code of scored.warnings) add(sketch.warnings, code, 1);
}

export function addLevels(sketch: Sketch, told: LevelCounts): void {
  const into = levelsOf(sketch, told.contract);
  into.rows += told.rows;
  for (const [level, n] of Object.entries(told.counts)) add(into.counts, level, n);
}

export function addSketch(total: Sketch, part: Sketch): void {
  total.rows += part.rows;
  total.flagged += part.flagged;
  for (let bin = 0; bin < SCORE_BINS; bin++) {
    total.scored[bin] += part.scored[bin];
    total.probability_e6[bin] += part.probability_e6[bin];
  }
  for (const [code, n] of part.warnings) add(total.warnings, code, n);
  for (const [contract, { rows, counts }] of part.levels) {
    const into = levelsOf(total, contract);
    into.rows += rows;
    for (const [level, n] of counts) add(into.counts, level, n);
  }
}

function levelsOf(sketch: Sketch, contract: string) {
  const known = sketch.levels.get(contract);
  if (known !== undefined) return known;
  const made = { rows: 0, counts: new Map<string, number>() };
  sketch.levels.set(contract, made);
  return made;
}

function add(map: Map<string, number>, key: string, n: number): void {
  map.set(key, (map.get(key) ?? 0) + n);
}
