// Sketches of a group of log lines, each under the dataset, version and UTC day that it belongs to.
import type { PredictionLine } from '../../serving/prediction-line.ts';
import { dayOf } from '../cohort/cohort.ts';
import { addLevels, addScored, emptySketch, type Sketch } from './sketch.ts';

export interface SketchKey {
  readonly day: string;
  readonly dataset: string;
  readonly version: string;
}

export interface KeyedSketch extends SketchKey {
  readonly sketch: Sketch;
}

/** Lines without a record, of an older deployment, are left out. */
export function sketchesOf(lines: readonly PredictionLine[]): KeyedSketch[] {
  const found = new Map<string, KeyedSketch>();
  for (const line of lines) {
    const { recorded } = line;
    if (recorded === undefined) continue;
    const key = { day: dayOf(recorded.time), dataset: recorded.dataset, version: line.model_version };
    const name = `${key.day}#${key.dataset}#${key.version}`;
    const known = found.get(name) ?? { ...key, sketch: emptySketch() };
    found.set(name, known);
    addLine(known.sketch, line, recorded);
  }
  return [...found.values()];
}

function addLine(sketch: Sketch, line: PredictionLine, recorded: NonNullable<PredictionLine['recorded']>): void {
  const { margin, probability, warned } = recorded.answers;
  for (const [i, score] of margin.entries()) {
    addScored(sketch, { margin: score, probability: probability[i] ?? 0, warnings: warned?.[i] ?? [] });
  }
  sketch.flagged += line.class_1;
  if (recorded.levels !== null) addLevels(sketch, recorded.levels);
}
