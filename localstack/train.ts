// npm run train -- --data FILE: the trainer without any cloud. Reads, fits and scores with the same code as the chain.
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import {
  type AnyCandidate,
  type Candidate,
  candidateSchema,
  DEFAULT_CANDIDATES,
} from '../lambdas/core/candidates/candidate.ts';
import { crossValidate } from '../lambdas/core/candidates/cross-validate.ts';
import { type FittedCandidate, fitCandidate } from '../lambdas/core/candidates/fit.ts';
import { serializeModel } from '../lambdas/core/candidates/model.ts';
import { probabilities } from '../lambdas/core/candidates/score.ts';
import { expandCandidates } from '../lambdas/core/candidates/search.ts';
import { sha256Hex } from '../lambdas/core/canonical.ts';
import type { LabelledMatrix } from '../lambdas/core/encounter/matrix.ts';
import { isFileFault } from '../lambdas/core/encounter/reading/errors.ts';
import { weightedAuroc } from '../lambdas/core/evaluation/auroc.ts';
import { numberPatients, rankRows } from '../lambdas/core/evaluation/ranking.ts';
import { exportOnnx } from '../lambdas/core/onnx/export.ts';
import { describeFailure, LocalFailure } from './failure.ts';
import { findSource } from './source.ts';
import { EmptyFileError, type EncounterMatrices, readEncounters } from './train/read-encounters.ts';

const HELP = `npm run train -- [options]

  --data FILE      encounters to train on (default: $READMIT_DATA, then data/diabetic_data.csv, then a generated sample)
  --rows N         generate N rows for the sample
  --candidate JSON a candidate such as '{"algorithm":"gradient_boosting","params":{"max_depth":5}}'; may be repeated
  --search N       also try N random configurations, cross-validated by patient
  --folds K        cross-validate every candidate on K folds of patients
  --threads N      threads to fit on (default: all cores); the models do not depend on it
  --out FOLDER     write model.onnx and trees.json of the best candidate there

Prints one JSON line a candidate: validation and test figures, the cross-validation, the sha256 of the model.`;

const optionsSchema = z.object({
  data: z.string().optional(),
  rows: z.coerce.number().int().min(100).optional(),
  candidate: z.array(z.string().transform((text) => candidateSchema.parse(JSON.parse(text)))).default([]),
  search: z.coerce.number().int().min(1).max(200).optional(),
  folds: z.coerce.number().int().min(2).max(10).optional(),
  threads: z.coerce.number().int().min(1).max(64).default(availableParallelism()),
  out: z.string().optional(),
  help: z.boolean().default(false),
});
type Options = z.infer<typeof optionsSchema>;

const SPLIT_SALT = 'diabetes130-v1';
const text = { type: 'string' } as const;

async function train(options: Options): Promise<void> {
  const source = await findSource(options.data, process.env.READMIT_DATA, options.rows);
  const data = await readEncounters(source.file, SPLIT_SALT);
  const { train, validation, test, quarantined, duplicates, ineligible, readAs } = data;
  console.error(
    `${source.file}, read as ${readAs}: ${train.rows} training, ${validation.rows} validation, ${test.rows} test rows; ${ineligible} not eligible, ${quarantined} refused, ${duplicates} duplicate.`,
  );
  let best: { logLoss: number; fitted: FittedCandidate } | null = null;
  for (const candidate of candidatesOf(options)) {
    const { fitted, logLoss } = await tryCandidate(candidate, data, options);
    if (best === null || logLoss < best.logLoss) best = { logLoss, fitted };
  }
  if (options.out !== undefined && best !== null) write(options.out, best.fitted, train);
}

function candidatesOf({ candidate, search }: Options): Candidate[] {
  const named: AnyCandidate[] = candidate.length > 0 ? candidate : [...DEFAULT_CANDIDATES];
  if (search !== undefined)
    named.push(candidateSchema.parse({ algorithm: 'search', params: { configurations: search } }));
  return expandCandidates(named);
}

async function tryCandidate(
  candidate: Candidate,
  data: EncounterMatrices,
  { threads, folds = candidate.folds }: Options,
) {
  const start = performance.now();
  const scored = folds > 0 ? await crossValidate(candidate, data.train, folds, candidate.seed, { threads }) : null;
  const crossValidationSeconds = (performance.now() - start) / 1000;
  const fitStart = performance.now();
  const fitted = await fitCandidate(candidate, data, { threads });
  const seconds = (performance.now() - fitStart) / 1000;
  const onValidation = measure(fitted, data.validation);
  const summary = {
    name: candidate.name ?? candidate.algorithm,
    algorithm: candidate.algorithm,
    fit_seconds: Number(seconds.toFixed(2)),
    rounds: fitted.fit.rounds,
    calibration: fitted.fit.calibration,
    validation: onValidation,
    test: measure(fitted, data.test),
    model_sha256: sha256Hex(serializeModel(fitted.model)),
    ...(scored === null ? {} : { cross_validation: { ...scored, seconds: Number(crossValidationSeconds.toFixed(2)) } }),
  };
  console.log(JSON.stringify(summary));
  return { fitted, logLoss: onValidation.log_loss };
}

function measure({ model }: FittedCandidate, rows: LabelledMatrix): { auroc: number; log_loss: number } {
  const ranking = rankRows(rows.labels, probabilities(model, rows), numberPatients(rows.groups));
  const log_loss = ranking.logLoss.reduce((sum, loss) => sum + loss, 0) / rows.rows;
  return { auroc: weightedAuroc(ranking, new Uint8Array(rows.rows).fill(1)), log_loss };
}

function write(folder: string, { model }: FittedCandidate, { features }: LabelledMatrix): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'model.onnx'), exportOnnx(model, features, {}));
  writeFileSync(join(folder, 'trees.json'), serializeModel(model));
}

try {
  const { values } = parseArgs({
    options: {
      ...{ data: text, rows: text, search: text, folds: text, threads: text, out: text },
      candidate: { type: 'string', multiple: true },
      help: { type: 'boolean' },
    },
  });
  const options = optionsSchema.parse(values);
  if (options.help) console.log(HELP);
  else await train(options);
} catch (error) {
  if (error instanceof LocalFailure) console.error(describeFailure(error));
  else console.error(isFileFault(error) || error instanceof EmptyFileError ? error.message : error);
  process.exitCode = 1;
}
