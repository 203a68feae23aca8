// The pipeline over HTTP: executions to start, watch and stop, files to bring in, rows that were put aside.
import { settings } from '../../aws/settings.ts';
import { PIPELINE_ROUTES } from '../../core/routes/pipeline.ts';
import { serve } from '../http/serve.ts';
import { getExecution, listExecutions, stop } from './executions.ts';
import { getQuarantine } from './quarantine.ts';
import { startPipeline } from './start.ts';
import { beginFile, endFile, listFiles, storePart } from './uploads.ts';
import { withdrawBatch } from './withdrawals.ts';

export const handler = serve(PIPELINE_ROUTES, settings().authMode, {
  'GET /executions': listExecutions,
  'GET /executions/{name}': getExecution,
  'POST /executions': startPipeline,
  'POST /stops': stop,
  'GET /uploads': listFiles,
  'POST /uploads': beginFile,
  'POST /uploads/parts': storePart,
  'POST /uploads/ends': endFile,
  'POST /batches/{id}/withdrawals': withdrawBatch,
  'GET /quarantine': getQuarantine,
});
