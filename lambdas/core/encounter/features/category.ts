// A category feature from a fixed table of levels: what the table does not name is the level "other".
import type { FeatureSpec, View } from './view.ts';

const OTHER = 'other';

/**
 * `read` gives the raw value, null or undefined when it is missing (NaN). Levels are those given, then "other" if it is
 * not among them; a value outside the table gets the level "other".
 */
export function category<V extends string | number>(
  name: string,
  source: string,
  values: readonly V[],
  read: (view: View) => V | null | undefined,
): FeatureSpec {
  const names = values.map(String);
  const levels = names.includes(OTHER) ? names : [...names, OTHER];
  const other = levels.indexOf(OTHER);
  const indices = new Map(values.map((value, i) => [value, i]));
  return {
    name,
    sources: [source],
    kind: 'category',
    levels,
    value: (view) => {
      const value = read(view);
      return value === null || value === undefined ? Number.NaN : (indices.get(value) ?? other);
    },
  };
}
