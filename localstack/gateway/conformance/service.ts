// What clients of the other routes may rely on: the service's own state, the registry, the operators' routes.
import { z } from 'zod';
import {
  ledgerSchema,
  modelDetailSchema,
  modelListSchema,
  runListSchema,
} from '../../../lambdas/core/operations/answers.ts';
import { quarantineSchema } from '../../../lambdas/core/operations/pipeline.ts';
import { healthSchema, modelInfoSchema, problemSchema, reloadSchema } from '../../../lambdas/core/serving/answers.ts';
import { type Expectation, JSON_ANSWER, PROBLEM_ANSWER, refused } from './expectation.ts';

/** What API Gateway says before a function is asked: a problem too. */
const byGateway = (kind: string, error: RegExp) => ({
  answerHeaders: { ...PROBLEM_ANSWER, 'x-amzn-errortype': error, 'x-amzn-requestid': /./ },
  shape: problemSchema.refine(({ type, request_id: id }) => type === `urn:readmit:problem:${kind}` && id !== undefined),
});

/** Needs a promoted model, a registered version 1, and a token of each scope. */
export const SERVICE: readonly Expectation[] = [
  {
    name: 'health says that predictions are answered',
    path: '/health',
    status: 200,
    answerHeaders: JSON_ANSWER,
    shape: healthSchema.refine(({ status }) => status === 'healthy'),
  },
  { name: 'HEAD is answered as GET is', method: 'HEAD', path: '/health', status: 200, answerHeaders: JSON_ANSWER },
  { name: 'strict health is 200 while healthy', path: '/health?strict=true', status: 200, shape: healthSchema },
  {
    name: 'the served model tells its metrics',
    path: '/model-info',
    status: 200,
    answerHeaders: JSON_ANSWER,
    shape: modelInfoSchema,
  },
  {
    name: 'a reload tells the versions before and after',
    method: 'POST',
    path: '/reload-model',
    status: 200,
    shape: reloadSchema,
  },
  {
    name: 'the index is JSON for programs',
    path: '/',
    headers: { accept: '*/*' },
    status: 200,
    answerHeaders: JSON_ANSWER,
    contains: '"readmit"',
  },
  {
    name: 'the description is OpenAPI 3.1',
    path: '/openapi.json',
    status: 200,
    shape: z.looseObject({ openapi: z.string().startsWith('3.1') }),
  },
  {
    name: 'the description is a page too',
    path: '/docs',
    status: 200,
    answerHeaders: { 'content-type': /^text\/html/, 'content-security-policy': /script-src 'self'/ },
    contains: 'docs/swagger-ui-bundle.js',
  },
  {
    name: 'the page has its script',
    path: '/docs/swagger-ui-bundle.js',
    status: 200,
    answerHeaders: { 'content-type': /^text\/javascript/ },
    contains: 'SwaggerUIBundle',
  },
  { name: 'the page has no other files', path: '/docs/etc/passwd', status: 404, shape: problemSchema },
  {
    name: 'a file that the page lacks is a problem',
    path: '/docs/secrets.txt',
    status: 404,
    answerHeaders: PROBLEM_ANSWER,
    shape: problemSchema,
  },
  {
    name: 'metrics are Prometheus text',
    path: '/metrics',
    status: 200,
    answerHeaders: { 'content-type': /^text\/plain/ },
    contains: '# TYPE',
  },

  { name: 'the registry lists its versions', path: '/models', status: 200, shape: modelListSchema },
  { name: 'a version has its evaluation', path: '/models/1', status: 200, shape: modelDetailSchema },
  {
    name: 'a version that is not there is a problem',
    path: '/models/999',
    status: 404,
    answerHeaders: PROBLEM_ANSWER,
    shape: problemSchema,
  },
  {
    name: 'a version is a number',
    path: '/models/newest',
    status: 422,
    answerHeaders: PROBLEM_ANSWER,
    fields: ['/version'],
  },
  { name: 'runs are listed', path: '/runs', status: 200, shape: runListSchema },
  { name: 'a run that is not there is a problem', path: '/runs/nothing', status: 404, shape: problemSchema },
  {
    name: 'the ledger is verified',
    path: '/ledger',
    status: 200,
    shape: ledgerSchema.refine(({ verification }) => verification.valid),
  },
  {
    name: 'nobody served before the first promotion',
    path: '/ledger?at=2001-01-01T00:00:00Z',
    status: 200,
    shape: ledgerSchema.refine(({ served }) => served === null),
  },
  { name: 'a time is a time', path: '/ledger?at=yesterday', status: 422, fields: ['/at'] },

  {
    name: 'promoting takes a token',
    method: 'POST',
    path: '/promotions',
    body: { version: 1, reason: 'test' },
    status: 401,
    ...byGateway('unauthenticated', /^Unauthorized/),
  },
  {
    name: 'an unknown token is refused',
    method: 'POST',
    path: '/promotions',
    body: { version: 1, reason: 'test' },
    token: 'unknown',
    status: 401,
    ...byGateway('unauthenticated', /^Unauthorized/),
  },
  {
    name: 'a token for reading does not promote',
    method: 'POST',
    path: '/promotions',
    body: { version: 1, reason: 'test' },
    token: 'read',
    status: 403,
    ...byGateway('forbidden', /^AccessDenied/),
  },
  {
    name: 'a token for predicting does not start the pipeline',
    method: 'POST',
    path: '/executions',
    body: { source: 'incoming/a.csv' },
    token: 'predict',
    status: 403,
    ...byGateway('forbidden', /^AccessDenied/),
  },
  {
    name: 'rows of patients that were put aside take a token',
    path: '/quarantine',
    status: 401,
    ...byGateway('unauthenticated', /^Unauthorized/),
  },
  {
    name: 'a token for reading does not open rows of patients',
    path: '/quarantine?batch_id=1',
    token: 'read',
    status: 403,
    ...byGateway('forbidden', /^AccessDenied/),
  },
  {
    name: 'an operator sees what was put aside',
    path: '/quarantine',
    token: 'operate',
    status: 200,
    shape: quarantineSchema,
  },
  { name: 'a token for reading reads', path: '/models/1', token: 'read', status: 200, shape: modelDetailSchema },
  refused('a promotion has a reason', 422, {
    path: '/promotions',
    body: { version: 1 },
    token: 'operate',
    fields: ['/reason'],
  }),
  refused('a promotion has nothing else', 422, {
    path: '/promotions',
    body: { version: 1, reason: 'test', force: true },
    token: 'operate',
    fields: ['/force'],
  }),
  refused('only a registered version is promoted', 404, {
    path: '/promotions',
    body: { version: 999, reason: 'test' },
    token: 'operate',
  }),
  refused('a source lies under incoming/', 422, {
    path: '/executions',
    body: { source: 'models/x' },
    token: 'operate',
    fields: ['/source'],
  }),

  {
    name: 'an unknown path leads nowhere',
    path: '/nothing',
    status: 404,
    ...byGateway('no-route', /^MissingAuthenticationToken/),
  },
  {
    name: 'an unknown method is told those that there are',
    method: 'DELETE',
    path: '/predict',
    status: 405,
    answerHeaders: { ...PROBLEM_ANSWER, allow: /^POST, OPTIONS$/ },
    shape: problemSchema.refine(({ type }) => type === 'urn:readmit:problem:wrong-method'),
  },
];

const ANY_ORIGIN = { 'access-control-allow-origin': /^\*$/ };
const FOREIGN = { origin: 'https://example.org' };

/** On AWS any page may ask, since the API needs no cookie but a token; on a user's own machine the gateway allows none. */
export const FOREIGN_PAGES: readonly Expectation[] = [
  {
    name: 'a preflight of any page is answered without a token',
    method: 'OPTIONS',
    path: '/promotions',
    headers: { ...FOREIGN, 'access-control-request-method': 'POST' },
    status: 204,
    answerHeaders: {
      ...ANY_ORIGIN,
      'access-control-allow-methods': /POST/,
      'access-control-allow-headers': /authorization/i,
    },
  },
  {
    name: 'any page may read why it was refused',
    method: 'POST',
    path: '/promotions',
    headers: FOREIGN,
    body: { version: 1, reason: 'test' },
    status: 401,
    answerHeaders: { ...PROBLEM_ANSWER, ...ANY_ORIGIN },
  },
  { name: 'any page may read', path: '/models', headers: FOREIGN, status: 200, answerHeaders: ANY_ORIGIN },
];
