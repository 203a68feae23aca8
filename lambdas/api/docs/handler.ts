// The API's description and the page that shows it.
import { openApi } from '../../core/openapi/document.ts';
import { json, text } from '../http/answer.ts';
import { serve } from '../http/routes.ts';

export const handler = serve({
  'GET /openapi.json': () => json(openApi()),
  'GET /docs': () => text('<!doctype html><title>readmit API</title>', 'text/html; charset=utf-8'),
});
