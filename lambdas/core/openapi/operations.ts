// What each route takes and gives. The routes themselves, with their functions and scopes, are in the CDK app.

import type { z } from 'zod';
import {
  entrySchema,
  ledgerSchema,
  modelDetailSchema,
  modelListSchema,
  runListSchema,
  runSchema,
  startedSchema,
} from '../operations/answers.ts';
import { executionSchema, promotionSchema, rollbackSchema } from '../operations/requests.ts';
import { batchSchema, healthSchema, modelInfoSchema, predictionSchema, reloadSchema } from '../serving/answers.ts';

export interface Operation {
  readonly method: 'get' | 'post';
  readonly path: string;
  readonly tag: 'Predictions' | 'Service' | 'Registry' | 'Operations';
  readonly summary: string;
  readonly description?: string;
  readonly parameters?: readonly Parameter[];
  /** A component's name or a schema. */
  readonly body?: 'Encounter' | 'Batch' | z.ZodType;
  readonly status?: 200 | 201 | 202;
  /** A schema for JSON, or the media type of what is not. */
  readonly answer: z.ZodType | string;
  /** Statuses of the problems that this route may answer beside 500. */
  readonly problems?: readonly number[];
  readonly operator?: true;
}

export interface Parameter {
  readonly name: string;
  readonly in: 'query' | 'path';
  readonly description: string;
  readonly schema: Readonly<Record<string, unknown>>;
}

const explain: Parameter = {
  name: 'explain',
  in: 'query',
  description: 'Add the contribution of each field to the answer',
  schema: { type: 'string', enum: ['true', 'false'], default: 'false' },
};
const strict: Parameter = {
  name: 'strict',
  in: 'query',
  description: 'Answer 503 when unhealthy, for load balancers',
  schema: { type: 'string', enum: ['true', 'false'], default: 'false' },
};
const at: Parameter = {
  name: 'at',
  in: 'query',
  description: 'Tell who served at this time',
  schema: { type: 'string', format: 'date-time' },
};
const version: Parameter = {
  name: 'version',
  in: 'path',
  description: 'Registered version',
  schema: { type: 'integer', minimum: 1 },
};
const id: Parameter = { name: 'id', in: 'path', description: 'Run id', schema: { type: 'string' } };
const PREDICTING = [400, 413, 415, 422, 429, 503];
const OPERATING = [400, 401, 403, 409, 413, 415, 422];

export const OPERATIONS: readonly Operation[] = [
  {
    method: 'post',
    path: '/predict',
    tag: 'Predictions',
    summary: 'Predict one encounter',
    parameters: [explain],
    body: 'Encounter',
    answer: predictionSchema,
    problems: PREDICTING,
  },
  {
    method: 'post',
    path: '/predict/batch',
    tag: 'Predictions',
    summary: 'Predict up to 1,000 encounters',
    description: 'An answer or an error for each, in order. One wrong encounter does not spoil the others.',
    body: 'Batch',
    answer: batchSchema,
    problems: PREDICTING,
  },
  {
    method: 'get',
    path: '/',
    tag: 'Service',
    summary: 'Index of the API; the page for a browser',
    answer: 'application/json',
  },
  {
    method: 'get',
    path: '/health',
    tag: 'Service',
    summary: 'Whether predictions are answered',
    description: 'Status 200 whatever the health is, unless strict=true.',
    parameters: [strict],
    answer: healthSchema,
  },
  {
    method: 'get',
    path: '/model-info',
    tag: 'Service',
    summary: 'The served model and how good it is',
    answer: modelInfoSchema,
    problems: [503],
  },
  {
    method: 'post',
    path: '/reload-model',
    tag: 'Service',
    summary: 'Follow the registry now instead of within 15 s',
    answer: reloadSchema,
  },
  { method: 'get', path: '/metrics', tag: 'Service', summary: 'Prometheus text', answer: 'text/plain' },
  { method: 'get', path: '/openapi.json', tag: 'Service', summary: 'This description', answer: 'application/json' },
  { method: 'get', path: '/docs', tag: 'Service', summary: 'This description as a page', answer: 'text/html' },
  { method: 'get', path: '/models', tag: 'Registry', summary: 'Registered versions', answer: modelListSchema },
  {
    method: 'get',
    path: '/models/{version}',
    tag: 'Registry',
    summary: 'One version with its evaluation and card',
    parameters: [version],
    answer: modelDetailSchema,
    problems: [404, 422],
  },
  { method: 'get', path: '/runs', tag: 'Registry', summary: 'Tracked runs', answer: runListSchema },
  {
    method: 'get',
    path: '/runs/{id}',
    tag: 'Registry',
    summary: 'One run',
    parameters: [id],
    answer: runSchema,
    problems: [404, 422],
  },
  {
    method: 'get',
    path: '/runs/{id}/evaluation',
    tag: 'Registry',
    summary: 'All that was measured of one run, and its learning curve',
    parameters: [id],
    answer: 'application/json',
    problems: [404, 422],
  },
  {
    method: 'get',
    path: '/ledger',
    tag: 'Registry',
    summary: 'Who served when, verified',
    parameters: [at],
    answer: ledgerSchema,
    problems: [422],
  },
  {
    method: 'post',
    path: '/promotions',
    tag: 'Operations',
    summary: 'Make a version the served one',
    body: promotionSchema,
    status: 201,
    answer: entrySchema,
    problems: [...OPERATING, 404],
    operator: true,
  },
  {
    method: 'post',
    path: '/rollbacks',
    tag: 'Operations',
    summary: 'Go back to the version that served before',
    body: rollbackSchema,
    status: 201,
    answer: entrySchema,
    problems: OPERATING,
    operator: true,
  },
  {
    method: 'post',
    path: '/executions',
    tag: 'Operations',
    summary: 'Start the training pipeline',
    body: executionSchema,
    status: 202,
    answer: startedSchema,
    problems: OPERATING,
    operator: true,
  },
];
