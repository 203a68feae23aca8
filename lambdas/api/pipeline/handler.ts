// The pipeline over HTTP: executions to watch and stop, files to bring in, rows that were put aside.
import { serve } from '../http/routes.ts';
import { getExecution, listExecutions, stop } from './executions.ts';
import { getQuarantine } from './quarantine.ts';
import { beginFile, endFile, listFiles, storePart } from './uploads.ts';

export const handler = serve({
  'GET /executions': listExecutions,
  'GET /executions/{name}': getExecution,
  'POST /stops': stop,
  'GET /uploads': listFiles,
  'POST /uploads': beginFile,
  'POST /uploads/parts': storePart,
  'POST /uploads/ends': endFile,
  'GET /quarantine': getQuarantine,
});
