// The API's description, and the page that shows it with Swagger UI, all files from this function's own package.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { APIGatewayProxyResult } from 'aws-lambda';
import { settings } from '../../aws/settings.ts';
import { openApi } from '../../core/openapi/document.ts';
import { ProblemError } from '../../core/problem/problem.ts';
import { DOCS_ROUTES } from '../../core/routes/docs.ts';
import { file } from '../http/answer.ts';
import type { RequestOf } from '../http/handler.ts';
import { serve } from '../http/serve.ts';
import { PAGE, START } from './page.ts';

const FILES: Readonly<Record<string, { readonly type: string; readonly read: () => string }>> = {
  'start.js': { type: 'text/javascript; charset=utf-8', read: () => START },
  'swagger-ui.css': { type: 'text/css; charset=utf-8', read: () => packaged('swagger-ui.css') },
  'swagger-ui-bundle.js': { type: 'text/javascript; charset=utf-8', read: () => packaged('swagger-ui-bundle.js') },
};
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'";

let description: string | undefined;

const auth = settings().authMode;

export const handler = serve(DOCS_ROUTES, auth, {
  'GET /openapi.json': () => {
    description ??= JSON.stringify(openApi(auth));
    return file(description, 'application/json');
  },
  'GET /docs': () => file(PAGE, 'text/html; charset=utf-8', { 'content-security-policy': POLICY }),
  'GET /docs/{file+}': pageFile,
});

type File = (typeof DOCS_ROUTES)['GET /docs/{file+}'];

function pageFile({ params: { file: name } }: RequestOf<File>): APIGatewayProxyResult {
  const found = Object.hasOwn(FILES, name) ? FILES[name] : undefined;
  if (found === undefined) throw new ProblemError('not-found', `The page has no file ${name}.`);
  return file(found.read(), found.type);
}

function packaged(name: string): string {
  return readFileSync(join(import.meta.dirname, 'swagger-ui', name), 'utf8');
}
