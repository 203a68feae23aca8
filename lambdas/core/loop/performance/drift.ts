// GET /drift: the newest days of each version against its first ones, from sketches alone.
import { type FieldCounts, fieldDrift } from '../drift/fields.ts';
import { populationStability } from '../drift/psi.ts';
import type { LevelTable } from '../sketch/levels.ts';
import type { KeyedSketch } from '../sketch/of-lines.ts';
import { addSketch, emptySketch, type Sketch } from '../sketch/sketch.ts';
import type { DriftAnswer } from './answers.ts';

type Version = DriftAnswer['versions'][number];

/** The first days of a version are its reference until they hold so many encounters. */
const REFERENCE_ROWS = 2000;

/**
 * The window is the last `days` days with predictions of a version, the window before it the `days` before that; neither
 * reaches into the reference. Versions without a day after their reference are left out.
 */
export function driftOf(sketches: readonly KeyedSketch[], table: LevelTable, days: number, now: number): DriftAnswer {
  const byVersion = Map.groupBy(sketches, ({ dataset, version }) => `${dataset}#${version}`);
  const versions = [...byVersion.values()].flatMap((all) => versionDrift(all, table, days) ?? []);
  const note =
    sketches.length === 0
      ? 'No prediction was recorded yet.'
      : `No version has predictions on days after its first ${REFERENCE_ROWS}: until then there is nothing to compare with.`;
  return { read_at: new Date(now).toISOString(), versions, note: versions.length === 0 ? note : null };
}

function versionDrift(all: readonly KeyedSketch[], table: LevelTable, days: number): Version | null {
  const ordered = all.toSorted((a, b) => (a.day < b.day ? -1 : 1));
  const end = referenceEnd(ordered);
  const later = ordered.slice(end);
  const windows = { current: later.slice(-days), before: later.slice(-2 * days, -days) };
  const reference = together(ordered.slice(0, end));
  const window = together(windows.current);
  if (reference === null || window === null) return null;
  const before = together(windows.before);
  const counts = (part: Sketch) => fieldCounts(part, table);
  const drift = fieldDrift(
    counts(reference.sketch),
    { current: counts(window.sketch), before: before === null ? null : counts(before.sketch) },
    new Map(),
  );
  return {
    dataset: ordered[0]?.dataset ?? '',
    model_version: ordered[0]?.version ?? '',
    reference: described(reference, table),
    window: described(window, table),
    scores: populationStability(reference.sketch.scored, window.sketch.scored),
    mean_probability: { reference: meanOf(reference.sketch), window: meanOf(window.sketch) },
    warned: Object.fromEntries(window.sketch.warnings),
    fields: drift.map(({ importance: _, ...field }) => field),
  };
}

function referenceEnd(ordered: readonly KeyedSketch[]): number {
  let rows = 0;
  const last = ordered.findIndex(({ sketch }) => {
    rows += sketch.rows;
    return rows >= REFERENCE_ROWS;
  });
  return last === -1 ? ordered.length : last + 1;
}

interface Span {
  readonly from: string;
  readonly to: string;
  readonly sketch: Sketch;
}

function together(parts: readonly KeyedSketch[]): Span | null {
  const [first] = parts;
  const last = parts.at(-1);
  if (first === undefined || last === undefined) return null;
  const sketch = emptySketch();
  for (const part of parts) addSketch(sketch, part.sketch);
  return { from: first.day, to: last.day, sketch };
}

/** Counts of the levels that this code knows; those of another contract cannot be told by name. */
function fieldCounts(sketch: Sketch, { fields, contract }: LevelTable): FieldCounts {
  const counts = sketch.levels.get(contract)?.counts ?? new Map<string, number>();
  return new Map(
    fields.map(({ field, levels }, f) => [field, levels.map((_, level) => counts.get(`${f}.${level}`) ?? 0)]),
  );
}

const described = ({ from, to, sketch }: Span, { contract }: LevelTable) => ({
  ...{ from, to, predictions: sketch.rows, level_rows: sketch.levels.get(contract)?.rows ?? 0 },
});

function meanOf({ rows, probability_e6 }: Sketch): number | null {
  return rows === 0 ? null : probability_e6.reduce((sum, n) => sum + n, 0) / rows / 1e6;
}
