// The routes of the predict function: predictions, and what it says about itself.
import * as z from 'zod';
import { batchSchema, healthSchema, modelInfoSchema, predictionSchema, reloadSchema } from '../serving/answers.ts';
import { batchRequestSchema, predictRequestSchema } from '../serving/requests.ts';
import { flagText } from './parameters.ts';
import type { RouteGroup } from './route.ts';

export const PREDICT_ROUTES = {
  'POST /predict': {
    scope: 'predict',
    tag: 'Predictions',
    summary: 'Predict one encounter',
    query: z.object({ explain: flagText('Add the contribution of each field to the answer') }),
    body: { schema: predictRequestSchema, maxCharacters: 64 * 1024, component: 'Encounter' },
    answer: predictionSchema,
    problems: ['no-model'],
  },
  'POST /predict/batch': {
    scope: 'predict',
    tag: 'Predictions',
    summary: 'Predict up to 1,000 encounters',
    description: 'An answer or an error for each, in order. One wrong encounter does not spoil the others.',
    body: { schema: batchRequestSchema, maxCharacters: 4 * 1024 * 1024, component: 'Batch' },
    answer: batchSchema,
    problems: ['no-model'],
  },
  'GET /': {
    scope: 'public',
    tag: 'Service',
    summary: 'Index of the API; the page for a browser',
    answer: ['application/json', 'text/html'],
  },
  'GET /health': {
    scope: 'public',
    tag: 'Service',
    summary: 'Whether predictions are answered',
    description: 'Status 200 whatever the health is, unless strict=true: then an unhealthy service answers 503.',
    query: z.object({ strict: flagText('Answer 503 when unhealthy, for load balancers') }),
    answer: healthSchema,
    otherStatus: 503,
  },
  'GET /model-info': {
    scope: 'read',
    tag: 'Service',
    summary: 'The served model and how good it is',
    answer: modelInfoSchema,
    problems: ['no-model', 'tampered'],
  },
  'POST /reload-model': {
    scope: 'predict',
    tag: 'Service',
    summary: 'Follow the registry now instead of within 15 s',
    answer: reloadSchema,
  },
} as const satisfies RouteGroup;
