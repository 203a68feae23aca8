// Train: fits one candidate on the training rows and writes it as ONNX, as its own JSON, and with its signature.
import { availableParallelism } from 'node:os';
import * as z from 'zod';
import { readJson } from '../../aws/objects.ts';
import { settings } from '../../aws/settings.ts';
import { defineStep } from '../../aws/step.ts';
import { batches } from '../../aws/tracking.ts';
import { crossValidate } from '../../core/candidates/cross-validate.ts';
import { fitCandidate } from '../../core/candidates/fit.ts';
import { datasetNamed } from '../../core/dataset/named.ts';
import { keys } from '../../core/run/keys.ts';
import { partsOf, trainingRowsHash } from '../../core/run/parts.ts';
import { planSchema } from '../../core/run/plan.ts';
import type { Trained } from '../../core/run/trained.ts';
import { loadRows, reasonNotToTrain } from './rows.ts';
import { describeFit, recordRun, storeModel } from './store.ts';

/** The same folds for every candidate of every run, so that their scores can be compared. */
const FOLD_SEED = 1;

const inputSchema = z.object({
  run_id: z.string().min(1),
  candidate: z.object({ index: z.number().int().min(0) }),
});

export const handler = defineStep<z.infer<typeof inputSchema>, Trained>({
  state: 'Train',
  input: inputSchema,
  item: ({ candidate }) => String(candidate.index),
  work: async ({ run_id, candidate: { index } }) => {
    const plan = await readJson(keys.plan(run_id), planSchema);
    const candidate = plan.candidates[index];
    if (candidate === undefined) throw new UnknownCandidateError(run_id, index);
    const parts = partsOf(plan, await batches.cleaned());
    const data = await loadRows(parts, datasetNamed(plan.dataset.name));
    const refusal = reasonNotToTrain(data);
    if (refusal !== null) return { output: { outcome: 'nothing_usable', index, reason: refusal }, facts: { refusal } };

    const options = { threads: settings().trainingThreads ?? availableParallelism() };
    const fitted = await fitCandidate(candidate, data, options);
    const { folds } = candidate;
    const folded = folds > 0 ? await crossValidate(candidate, data.train, folds, FOLD_SEED, options) : null;
    const fit = describeFit(plan, index, candidate, fitted, data);
    const stored = await storeModel(fit);
    const rowsSha256 = trainingRowsHash(parts);
    const recordSha256 = await recordRun(fit, folded, { ...stored, rowsSha256 });
    const scores = { validation_log_loss: fit.validationLogLoss, cv_log_loss: folded?.log_loss ?? null };
    return {
      output: {
        ...{ outcome: 'trained', index, model_sha256: stored.modelSha256, ...scores },
        ...{ rows_sha256: rowsSha256, record_sha256: recordSha256 },
      },
      facts: { name: candidate.name, ...scores, ...fitted.fit },
    };
  },
});

export class UnknownCandidateError extends Error {
  override readonly name = 'UnknownCandidateError';
  constructor(runId: string, index: number) {
    super(`the plan of run ${runId} has no candidate ${index}`);
  }
}
