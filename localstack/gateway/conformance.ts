// What a client of the API may rely on, over HTTP alone: one list, run against every server of the same API.

import { z } from 'zod';
import { HIGH_RISK_PRESET, LOW_RISK_PRESET } from '../../lambdas/core/encounter/examples.ts';
import {
  ledgerSchema,
  modelDetailSchema,
  modelListSchema,
  runListSchema,
} from '../../lambdas/core/operations/answers.ts';
import {
  batchSchema,
  healthSchema,
  modelInfoSchema,
  predictionSchema,
  problemSchema,
  reloadSchema,
} from '../../lambdas/core/serving/answers.ts';

export interface Expectation {
  readonly name: string;
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'OPTIONS';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as it is when it is text, as JSON otherwise. */
  readonly body?: unknown;
  /** Which token the request carries. */
  readonly token?: 'operate' | 'read' | 'predict' | 'unknown';
  readonly status: number;
  readonly answerHeaders?: Readonly<Record<string, RegExp>>;
  /** The body's shape; what it parses to goes to `check`. */
  readonly shape?: z.ZodType;
  /** Pointers of the fields that a 422 names, in any order. */
  readonly fields?: readonly string[];
  /** Text that the body holds. */
  readonly contains?: string;
}

const JSON_ANSWER = {
  'content-type': /^application\/json/,
  'cache-control': /no-store/,
  'x-content-type-options': /nosniff/,
};
const PROBLEM_ANSWER = { ...JSON_ANSWER, 'content-type': /^application\/problem\+json/ };
const ANY_ORIGIN = { 'access-control-allow-origin': /^\*$/ };
const gatewayError = z.strictObject({ message: z.string() });

const predict = (name: string, body: unknown, more: Partial<Expectation> = {}): Expectation => ({
  ...{
    name,
    method: 'POST',
    path: '/predict',
    body,
    status: 200,
    answerHeaders: JSON_ANSWER,
    shape: predictionSchema.strict(),
  },
  ...more,
});
const refused = (name: string, status: number, more: Partial<Expectation>): Expectation => ({
  ...{
    name,
    method: 'POST',
    path: '/predict',
    body: LOW_RISK_PRESET,
    status,
    answerHeaders: PROBLEM_ANSWER,
    shape: problemSchema,
  },
  ...more,
});
const wrong = (field: string, value: unknown): Expectation =>
  refused(`${field} ${JSON.stringify(value) ?? 'left out'} is refused by name`, 422, {
    body: { ...LOW_RISK_PRESET, [field]: value },
    fields: [`/${field}`],
  });
const without = (...fields: readonly string[]) =>
  Object.fromEntries(Object.entries(LOW_RISK_PRESET).filter(([name]) => !fields.includes(name)));

/** Needs a promoted model, at least one registered version, and tokens by name. */
export const EXPECTATIONS: readonly Expectation[] = [
  predict('the low-risk example is predicted', LOW_RISK_PRESET),
  predict('the high-risk example is predicted', HIGH_RISK_PRESET, { answerHeaders: { ...JSON_ANSWER, ...ANY_ORIGIN } }),
  predict('null stands for what is not known', {
    ...LOW_RISK_PRESET,
    max_glu_serum: null,
    a1c_result: null,
    diag_2: null,
    diag_3: null,
    medical_specialty: null,
  }),
  predict(
    'optional fields may be left out',
    without('max_glu_serum', 'a1c_result', 'diag_2', 'diag_3', 'medical_specialty'),
  ),
  predict('fields beyond the 23 are ignored', { ...LOW_RISK_PRESET, patient_nbr: 1, weight: '?' }),
  predict('an explanation comes on request', LOW_RISK_PRESET, {
    path: '/predict?explain=true',
    contains: '"contributions"',
  }),
  predict(
    'a died patient is predicted with a warning',
    { ...LOW_RISK_PRESET, discharge_disposition_id: 11 },
    { contains: 'ineligible_disposition' },
  ),
  predict(
    'an id without meaning is predicted with a warning',
    { ...LOW_RISK_PRESET, admission_type_id: 8 },
    { contains: 'unmapped_id' },
  ),
  predict('a media type with a charset is JSON', LOW_RISK_PRESET, {
    headers: { 'content-type': 'application/json; charset=utf-8' },
  }),
  predict(
    'text beyond ASCII arrives whole',
    { ...LOW_RISK_PRESET, medical_specialty: 'Cardiología' },
    { contains: 'unseen_value' },
  ),

  wrong('age_bucket', '75'),
  wrong('time_in_hospital', 0),
  wrong('time_in_hospital', 15),
  wrong('time_in_hospital', '3'),
  wrong('num_lab_procedures', -1),
  wrong('num_medications', 1.5),
  wrong('gender', undefined),
  wrong('race', 'Martian'),
  wrong('insulin', 'Maybe'),
  wrong('change_med', 'Yes'),
  wrong('diabetes_med', null),
  wrong('max_glu_serum', '>400'),
  wrong('a1c_result', 7),
  wrong('diag_1', 'diabetes'),
  wrong('medical_specialty', ''),
  wrong('admission_type_id', null),
  wrong('discharge_disposition_id', 'home'),
  wrong('admission_source_id', 0),
  refused('every wrong field is named at once', 422, {
    body: { ...LOW_RISK_PRESET, race: 1, insulin: 2 },
    fields: ['/race', '/insulin'],
  }),
  refused('a list is no encounter', 422, { body: [LOW_RISK_PRESET] }),
  refused('a number is no encounter', 422, { body: '7' }),
  refused('an unknown value of a query parameter is refused', 422, {
    path: '/predict?explain=perhaps',
    fields: ['/explain'],
  }),
  refused('what is not JSON is malformed', 400, { body: '{"race": ' }),
  refused('an empty body is malformed', 400, { body: '' }),
  refused('a form is no JSON', 415, {
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'race=Asian',
  }),
  refused('a body far beyond 23 fields is too large', 413, { body: { ...LOW_RISK_PRESET, extra: 'x'.repeat(70_000) } }),

  predict(
    'a batch is answered in order, errors at their places',
    { encounters: [LOW_RISK_PRESET, { ...LOW_RISK_PRESET, race: 1 }, HIGH_RISK_PRESET] },
    {
      path: '/predict/batch',
      shape: batchSchema.refine(({ results }) => results.map(({ ok }) => ok).join() === 'true,false,true'),
      contains: '/race',
    },
  ),
  predict('a bare list is a batch too', [LOW_RISK_PRESET], { path: '/predict/batch', shape: batchSchema }),
  predict(
    'a thousand encounters fit in a batch',
    Array.from({ length: 1000 }, () => LOW_RISK_PRESET),
    { path: '/predict/batch', shape: batchSchema },
  ),
  refused('a batch of none is refused', 422, { path: '/predict/batch', body: [], fields: ['/encounters'] }),
  refused('a batch of 1,001 is refused', 422, {
    path: '/predict/batch',
    body: Array.from({ length: 1001 }, () => ({})),
    fields: ['/encounters'],
  }),
  refused('a batch is a list', 422, { path: '/predict/batch', body: { encounters: 'all' } }),

  {
    name: 'health says that predictions are answered',
    path: '/health',
    status: 200,
    answerHeaders: JSON_ANSWER,
    shape: healthSchema.refine(({ status }) => status === 'healthy'),
  },
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
  { name: 'the page has no other files', path: '/docs/../../etc/passwd', status: 403 },
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
  },
  {
    name: 'an unknown token is refused',
    method: 'POST',
    path: '/promotions',
    body: { version: 1, reason: 'test' },
    token: 'unknown',
    status: 401,
  },
  {
    name: 'a token for reading does not promote',
    method: 'POST',
    path: '/promotions',
    body: { version: 1, reason: 'test' },
    token: 'read',
    status: 403,
  },
  {
    name: 'a token for predicting does not start the pipeline',
    method: 'POST',
    path: '/executions',
    body: { source: 'incoming/a.csv' },
    token: 'predict',
    status: 403,
  },
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
    name: 'an unknown path is refused as API Gateway does',
    path: '/nothing',
    status: 403,
    shape: gatewayError,
    contains: 'Missing Authentication Token',
  },
  {
    name: 'an unknown method is refused as API Gateway does',
    method: 'DELETE',
    path: '/predict',
    status: 403,
    shape: gatewayError,
  },
  {
    name: 'a preflight is answered without a token',
    method: 'OPTIONS',
    path: '/promotions',
    headers: { origin: 'https://example.org', 'access-control-request-method': 'POST' },
    status: 204,
    answerHeaders: {
      ...ANY_ORIGIN,
      'access-control-allow-methods': /POST/,
      'access-control-allow-headers': /authorization/i,
    },
  },
];

export type Tokens = Readonly<Record<NonNullable<Expectation['token']>, string>>;

/** What is not as expected, one sentence each; empty when all is well. */
export async function deviations(base: string, expected: Expectation, tokens: Tokens): Promise<string[]> {
  const { method = 'GET', path, headers = {}, body, token } = expected;
  const response = await fetch(`${base}${path}`, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
      ...(token === undefined ? {} : { authorization: `Bearer ${tokens[token]}` }),
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const found: string[] = [];
  if (response.status !== expected.status) found.push(`status ${response.status}: ${text.slice(0, 300)}`);
  for (const [name, pattern] of Object.entries(expected.answerHeaders ?? {})) {
    const value = response.headers.get(name) ?? '';
    if (!pattern.test(value)) found.push(`header ${name} is "${value}"`);
  }
  if (expected.contains !== undefined && !text.includes(expected.contains))
    found.push(`the body lacks ${expected.contains}`);
  if (expected.shape !== undefined) found.push(...shapeProblems(expected.shape, text));
  if (expected.fields !== undefined) found.push(...fieldProblems(expected.fields, text));
  if (/\bat .+\(?(file:|node:|\/).+:\d+:\d+/.test(text) && response.status >= 400)
    found.push('the body shows a stack trace');
  return found;
}

function shapeProblems(shape: z.ZodType, text: string): string[] {
  const parsed = shape.safeParse(JSON.parse(text));
  return parsed.success ? [] : [`the body's shape: ${z.prettifyError(parsed.error)}`];
}

function fieldProblems(fields: readonly string[], text: string): string[] {
  const { errors = [] } = problemSchema.parse(JSON.parse(text));
  const named = [...new Set(errors.map(({ pointer }) => pointer))].sort().join();
  return named === fields.toSorted().join() ? [] : [`the fields named are ${named}`];
}
