// What the routes that watch and steer the pipeline take and give.
import {
  executionDetailSchema,
  executionsSchema,
  filesSchema,
  partStoredSchema,
  quarantineSchema,
  stopSchema,
  uploadBegunSchema,
  uploadEndSchema,
  uploadedSchema,
  uploadPartSchema,
  uploadSchema,
} from '../operations/pipeline.ts';
import type { Operation } from './operations.ts';

const OPERATING = [400, 401, 403, 409, 413, 415, 422];
const operated = { method: 'post', tag: 'Operations', problems: OPERATING, operator: true } as const;

export const PIPELINE_OPERATIONS: readonly Operation[] = [
  {
    method: 'get',
    path: '/executions',
    tag: 'Operations',
    summary: 'The newest 25 executions of the training pipeline',
    answer: executionsSchema,
  },
  {
    method: 'get',
    path: '/executions/{name}',
    tag: 'Operations',
    summary: 'One execution, state by state',
    parameters: [{ name: 'name', in: 'path', description: 'Name of the execution', schema: { type: 'string' } }],
    answer: executionDetailSchema,
    problems: [404, 422],
  },
  {
    ...operated,
    path: '/stops',
    summary: 'Stop a running execution',
    body: stopSchema,
    status: 202,
    answer: 'application/json',
    problems: [...OPERATING, 404],
  },
  { method: 'get', path: '/uploads', tag: 'Operations', summary: 'Files that lie ready', answer: filesSchema },
  {
    ...operated,
    path: '/uploads',
    summary: 'Begin to bring a file in',
    body: uploadSchema,
    status: 201,
    answer: uploadBegunSchema,
  },
  {
    ...operated,
    path: '/uploads/parts',
    summary: 'Store one part of the file',
    body: uploadPartSchema,
    status: 201,
    answer: partStoredSchema,
  },
  {
    ...operated,
    path: '/uploads/ends',
    summary: 'Put the parts together',
    body: uploadEndSchema,
    status: 201,
    answer: uploadedSchema,
  },
  {
    method: 'get',
    path: '/quarantine',
    tag: 'Operations',
    summary: 'Rows that were put aside, with their reasons',
    parameters: [
      { name: 'batch_id', in: 'query', description: 'Show its rows', schema: { type: 'integer', minimum: 1 } },
    ],
    answer: quarantineSchema,
    problems: [401, 403, 404, 422],
    operator: true,
  },
];
