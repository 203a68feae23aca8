// A fitted model as data: trees.json. Everything that scoring, export and explanation need, and nothing else.
import * as z from 'zod';
import type { Tree } from '../trees/tree.ts';

const columns = z.array(z.number());
const tree: z.ZodType<Tree> = z.object({
  feature: z.array(z.int()),
  threshold: columns,
  levels: z.array(z.union([z.null(), z.array(z.int())])),
  missing_left: z.array(z.int()),
  left: z.array(z.int()),
  right: z.array(z.int()),
  value: columns,
  cover: columns,
  gain: columns,
});

const calibration = z.union([
  z.null(),
  /** Platt (1999): probability = sigmoid(slope * margin + intercept); slope > 0. */
  z.object({ method: z.literal('platt'), slope: z.number(), intercept: z.number() }),
  /** Probability by linear interpolation between the points, held flat outside; both arrays ascend. */
  z.object({ method: z.literal('isotonic'), margins: columns, probabilities: columns }),
]);

const common = { features: z.array(z.string()), calibration };

/** Mean of the term over the training rows: what explanations count from. */
const average = { average: z.number() };

const linearTerm = z.discriminatedUnion('kind', [
  /** weight * (x - mean) / scale, or missing_weight when x is missing. */
  z.object({
    kind: z.literal('numeric'),
    mean: z.number(),
    scale: z.number(),
    weight: z.number(),
    missing_weight: z.number(),
    ...average,
  }),
  /** weights[x], or missing_weight when x is missing, or 0 for a level that has no weight. */
  z.object({ kind: z.literal('category'), weights: columns, missing_weight: z.number(), ...average }),
]);

const modelSchema = z.discriminatedUnion('kind', [
  /** margin = base_margin + sum of leaf values. */
  z.object({ kind: z.literal('boosted_trees'), base_margin: z.number(), trees: z.array(tree), ...common }),
  /** margin = logit(mean of leaf values). */
  z.object({ kind: z.literal('forest'), trees: z.array(tree), ...common }),
  /** margin = intercept + one term a feature. */
  z.object({ kind: z.literal('linear'), intercept: z.number(), terms: z.array(linearTerm), ...common }),
  z.object({ kind: z.literal('constant'), margin: z.number(), ...common }),
]);

/** Feature names in input order, the scorer, and an optional monotone calibration of its margin. All numbers are float32-exact. */
export type Model = z.infer<typeof modelSchema>;
export type Calibration = Model['calibration'];
export type LinearTerm = z.infer<typeof linearTerm>;

/** Canonical text of a model: keys sorted, floats as the shortest decimal of 9 digits that rounds to the same float32. */
export function serializeModel(model: Model): string {
  return JSON.stringify(model, (_key, value: unknown) => {
    if (typeof value === 'number') return Number(value.toPrecision(9));
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

/** @throws ZodError or SyntaxError when the text is not a model. */
export function parseModel(text: string): Model {
  return modelSchema.parse(
    JSON.parse(text, (_key, value: unknown) => (typeof value === 'number' ? Math.fround(value) : value)),
  );
}
