// The registry over HTTP: models, runs and the ledger to read; promotions, rollbacks and executions for operators.
import { serve } from '../http/routes.ts';
import { startPipeline } from './executions.ts';
import { getLedger } from './ledger.ts';
import { getModel, listModels } from './models.ts';
import { promote, rollBack } from './promotions.ts';
import { getRunEvaluation } from './run-evaluation.ts';
import { getRun, listRuns } from './runs.ts';

export const handler = serve({
  'GET /models': listModels,
  'GET /models/{version}': getModel,
  'GET /runs': listRuns,
  'GET /runs/{id}': getRun,
  'GET /runs/{id}/evaluation': getRunEvaluation,
  'GET /ledger': getLedger,
  'POST /promotions': promote,
  'POST /rollbacks': rollBack,
  'POST /executions': startPipeline,
});
