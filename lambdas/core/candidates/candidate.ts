// What can be trained: a candidate names an algorithm, its settings and a seed. Comes in the execution input; parsed here once.
import * as z from 'zod';
import { RECALIBRATIONS } from './recalibration.ts';

const common = {
  /** Name of the run, shown in the registry. */
  name: z.string().min(1).max(80).optional(),
  seed: z
    .int()
    .min(0)
    .max(2 ** 31 - 1)
    .default(1),
  /** Patient-grouped folds to cross-validate on the training rows beside the fit; 0 = none. */
  folds: z.int().min(0).max(10).default(0),
  /** 'auto': the calibration that lowers the cross-fitted validation log loss, if any does. */
  calibration: z.enum(['auto', 'none']).default('auto'),
  /** Set right on the newest labelled encounters, after that: see recalibration.ts. */
  recalibrate: z.enum(RECALIBRATIONS).default('none'),
  /** How many of them, as a share in order of time. */
  recalibrate_newest: z.number().gt(0).max(1).default(0.2),
};

const boostingParams = z.object({
  /** Trees at most. */
  rounds: z.int().min(1).max(10_000).default(1500),
  learning_rate: z.number().positive().max(1).default(0.05),
  /** depth: level by level to max_depth. leaf: best gain first to max_leaves. */
  growth: z.enum(['depth', 'leaf']).default('depth'),
  max_depth: z.int().min(1).max(10).default(4),
  max_leaves: z.int().min(2).max(256).default(16),
  max_bins: z.int().min(2).max(255).default(255),
  /** Least sum of hessians in a child. */
  min_child_weight: z.number().min(0).default(10),
  /** Share of rows drawn for each tree. */
  subsample: z.number().gt(0).max(1).default(0.8),
  /** Share of columns drawn for each tree. */
  colsample: z.number().gt(0).max(1).default(0.5),
  l2: z.number().min(0).default(5),
  min_gain: z.number().min(0).default(0),
  /** Rounds without a better validation log loss before stopping; 0 = never stop. */
  early_stopping_rounds: z.int().min(0).default(50),
  /** By feature name: 1 = probability may only rise with it, -1 = only fall. */
  monotone: z.record(z.string(), z.union([z.literal(1), z.literal(-1)])).default({}),
  /** Hessian added to a level's own when levels are sorted by gradient statistics. */
  category_smoothing: z.number().min(0).default(10),
  /** L2 added on category splits. */
  category_l2: z.number().min(0).default(10),
  /** Levels below this hessian are never in a split's set. */
  category_min_weight: z.number().min(0).default(20),
  /** Levels at most in a split's set. */
  category_max_levels: z.int().min(1).max(128).default(32),
});

const forestParams = z.object({
  trees: z.int().min(1).max(2000).default(100),
  max_depth: z.int().min(1).max(24).default(12),
  max_bins: z.int().min(2).max(255).default(255),
  /** Rows at least in a leaf. */
  min_leaf_rows: z.int().min(1).default(20),
  /** Share of columns tried at a node; null = square root of their number. */
  colsample: z.number().gt(0).max(1).nullable().default(null),
  /** Bootstrap sample as a share of the rows. */
  subsample: z.number().gt(0).max(1).default(1),
});

const logisticParams = z.object({
  /** Penalty l2/2 * |w|^2 beside the summed log loss (scikit-learn's 1/C). */
  l2: z.number().positive().default(10),
  max_iterations: z.int().min(1).max(200).default(30),
});

const member = <A extends string, P extends z.ZodType>(algorithm: A, params: P) =>
  z.object({ algorithm: z.literal(algorithm), ...common, params });

export const fittableSchema = z.discriminatedUnion('algorithm', [
  member('gradient_boosting', boostingParams.prefault({})),
  member('random_forest', forestParams.prefault({})),
  member('logistic_regression', logisticParams.prefault({})),
  member('constant', z.object({}).prefault({})),
]);

const searchSchema = member(
  'search',
  z
    .object({
      /** Configurations drawn. */
      configurations: z.int().min(1).max(200).default(20),
      /** Patient-grouped folds that score each. */
      folds: z.int().min(2).max(10).default(5),
    })
    .prefault({}),
);

export const candidateSchema = z.discriminatedUnion('algorithm', [...fittableSchema.options, searchSchema]);

/** A candidate that one fit answers. */
export type Candidate = z.infer<typeof fittableSchema>;
/** A candidate that stands for many: see search.ts. */
export type SearchCandidate = z.infer<typeof searchSchema>;
export type AnyCandidate = z.infer<typeof candidateSchema>;
export type CandidateInput = z.input<typeof candidateSchema>;
export type BoostingParams = z.infer<typeof boostingParams>;
export type ForestParams = z.infer<typeof forestParams>;
export type LogisticParams = z.infer<typeof logisticParams>;

/**
 * Trained when the execution input names none: the model and two honest baselines. The boosting settings are the best of
 * those compared by 5-fold patient-grouped cross-validation on the training rows, the recalibration the best of those compared
 * by rolling-origin evaluation (docs/model-quality.md).
 */
export const DEFAULT_CANDIDATES: readonly Candidate[] = [
  fittableSchema.parse({
    algorithm: 'gradient_boosting',
    name: 'gradient boosting',
    recalibrate: 'intercept',
    params: {
      growth: 'leaf',
      max_leaves: 31,
      max_depth: 8,
      learning_rate: 0.066,
      min_child_weight: 25,
      subsample: 1,
      l2: 2,
      category_smoothing: 13,
      category_l2: 1.3,
    },
  }),
  fittableSchema.parse({ algorithm: 'random_forest', name: 'random forest', recalibrate: 'intercept' }),
  fittableSchema.parse({ algorithm: 'logistic_regression', name: 'logistic regression', recalibrate: 'intercept' }),
];
