// npm run bench:trainer -- --matrix FILE [--threads N] [--rounds R] [--rows-times K]: how fast and how well boosting fits. One JSON line.
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { fittableSchema } from '../../lambdas/core/candidates/candidate.ts';
import { boostSettings } from '../../lambdas/core/candidates/fit-boosting.ts';
import type { Model } from '../../lambdas/core/candidates/model.ts';
import { serializeModel } from '../../lambdas/core/candidates/model.ts';
import { probabilities } from '../../lambdas/core/candidates/score.ts';
import { sha256Hex } from '../../lambdas/core/canonical.ts';
import type { LabelledMatrix } from '../../lambdas/core/encounter/matrix.ts';
import { weightedAuroc } from '../../lambdas/core/evaluation/auroc.ts';
import { numberPatients, rankRows } from '../../lambdas/core/evaluation/ranking.ts';
import { boost } from '../../lambdas/core/trees/boost.ts';
import { readMatrices } from './trainer-matrix.ts';

/** Columns that do not derive from the API's fields. */
const NOT_SERVED = /^(n_diab_meds|n_meds_up|n_meds_down|weight_known|payer|hist_.*|med_(?!insulin$).*)$/;
const COLUMNS = {
  'no-history': (name: string) => name.startsWith('hist_'),
  all: () => false,
  served: (name: string) => NOT_SERVED.test(name),
};

const optionsSchema = z.object({
  matrix: z.string(),
  threads: z.coerce.number().int().min(1).max(64).default(2),
  rounds: z.coerce.number().int().min(1).default(700),
  seed: z.coerce.number().int().min(0).default(1),
  'rows-times': z.coerce.number().int().min(1).max(20).default(1),
  columns: z.enum(['no-history', 'all', 'served']).default('no-history'),
  /** native: level sets. ordinal: the numbers in the file, as XGBoost takes them. */
  categories: z.enum(['native', 'ordinal']).default('native'),
});

const { values } = parseArgs({
  options: {
    matrix: { type: 'string' },
    threads: { type: 'string' },
    rounds: { type: 'string' },
    seed: { type: 'string' },
    'rows-times': { type: 'string' },
    columns: { type: 'string' },
    categories: { type: 'string' },
  },
});
const options = optionsSchema.parse(values);
const { train, validation, test } = readMatrices(options.matrix, {
  leaveOut: COLUMNS[options.columns],
  ordinal: options.categories === 'ordinal',
  rowsTimes: options['rows-times'],
});
const candidate = fittableSchema.parse({
  algorithm: 'gradient_boosting',
  seed: options.seed,
  params: { rounds: options.rounds, early_stopping_rounds: 0 },
});
if (candidate.algorithm !== 'gradient_boosting') throw new Error('not boosting');

const start = performance.now();
const settings = boostSettings(candidate.params, candidate.seed, train.features);
const { baseMargin, trees } = await boost({ train, validation }, settings, { threads: options.threads });
const seconds = (performance.now() - start) / 1000;
const peakRss = process.resourceUsage().maxRSS / 1024;

const features = train.features.map(({ name }) => name);
const model: Model = { kind: 'boosted_trees', base_margin: baseMargin, trees: [...trees], features, calibration: null };
const onValidation = score(validation);
const onTest = score(test);
console.log(
  JSON.stringify({
    fit_seconds: round(seconds, 3),
    rounds: trees.length,
    threads: options.threads,
    rows: train.rows,
    columns: features.length,
    categories: options.categories,
    auroc_validation: round(onValidation.auroc, 4),
    auroc_test: round(onTest.auroc, 4),
    log_loss_test: round(onTest.logLoss, 5),
    peak_rss_mb: round(peakRss, 0),
    model_sha256: sha256Hex(serializeModel(model)),
  }),
);

function score(rows: LabelledMatrix): { auroc: number; logLoss: number } {
  const ranking = rankRows(rows.labels, probabilities(model, rows), numberPatients(rows.groups));
  const logLoss = ranking.logLoss.reduce((sum, loss) => sum + loss, 0) / rows.rows;
  return { auroc: weightedAuroc(ranking, new Uint8Array(rows.rows).fill(1)), logLoss };
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
