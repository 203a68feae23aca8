// The registry over HTTP: models, runs and the ledger to read; promotions, rollbacks and holds for operators.
import { settings } from '../../aws/settings.ts';
import { REGISTRY_ROUTES } from '../../core/routes/registry.ts';
import { serve } from '../http/serve.ts';
import { hold, release } from './holds.ts';
import { getLedger } from './ledger.ts';
import { getModel, listModels } from './models.ts';
import { promote, rollBack } from './promotions.ts';
import { getCheckpoint, getKeys, getProof } from './proofs.ts';
import { getRunEvaluation } from './run-evaluation.ts';
import { getRun, listRuns } from './runs.ts';

export const handler = serve(REGISTRY_ROUTES, settings().authMode, {
  'GET /models': listModels,
  'GET /models/{version}': getModel,
  'GET /runs': listRuns,
  'GET /runs/{id}': getRun,
  'GET /runs/{id}/evaluation': getRunEvaluation,
  'GET /ledger': getLedger,
  'GET /ledger/proof': getProof,
  'GET /ledger/checkpoint': getCheckpoint,
  'GET /ledger/keys': getKeys,
  'POST /promotions': promote,
  'POST /rollbacks': rollBack,
  'POST /holds': hold,
  'POST /holds/releases': release,
});
