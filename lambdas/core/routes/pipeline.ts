// The routes of the pipeline function: executions to start, watch and stop, files to bring in, rows that were put aside.
import * as z from 'zod';
import { startedSchema, stoppedSchema, withdrawnSchema } from '../operations/answers.ts';
import {
  executionDetailSchema,
  executionNameSchema,
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
import { executionSchema, MAX_COMMAND_CHARACTERS, withdrawalSchema } from '../operations/requests.ts';
import { numberText } from './parameters.ts';
import type { RouteGroup } from './route.ts';

/** A part of a file and its frame: below the 6 MB that Lambda takes as an event. */
const MAX_PART_CHARACTERS = 5.5 * 1024 * 1024;

export const PIPELINE_ROUTES = {
  'GET /executions': {
    scope: 'read',
    tag: 'Operations',
    summary: 'The newest 25 executions of the training pipeline',
    answer: executionsSchema,
  },
  'GET /executions/{name}': {
    scope: 'read',
    tag: 'Operations',
    summary: 'One execution, state by state',
    params: executionNameSchema,
    answer: executionDetailSchema,
    problems: ['not-found'],
  },
  'POST /executions': {
    scope: 'operate',
    tag: 'Operations',
    summary: 'Start the training pipeline',
    body: { schema: executionSchema, maxCharacters: MAX_COMMAND_CHARACTERS },
    status: 202,
    answer: startedSchema,
    problems: ['conflict'],
  },
  'POST /stops': {
    scope: 'operate',
    tag: 'Operations',
    summary: 'Stop a running execution',
    body: { schema: stopSchema, maxCharacters: MAX_COMMAND_CHARACTERS },
    status: 202,
    answer: stoppedSchema,
    problems: ['not-found', 'conflict'],
  },
  'GET /uploads': { scope: 'read', tag: 'Operations', summary: 'Files that lie ready', answer: filesSchema },
  'POST /uploads': {
    scope: 'operate',
    tag: 'Operations',
    summary: 'Begin to bring a file in',
    body: { schema: uploadSchema, maxCharacters: MAX_COMMAND_CHARACTERS },
    status: 201,
    answer: uploadBegunSchema,
    problems: ['conflict'],
  },
  'POST /uploads/parts': {
    scope: 'operate',
    tag: 'Operations',
    summary: 'Store one part of the file',
    body: { schema: uploadPartSchema, maxCharacters: MAX_PART_CHARACTERS },
    status: 201,
    answer: partStoredSchema,
    problems: ['conflict'],
  },
  'POST /uploads/ends': {
    scope: 'operate',
    tag: 'Operations',
    summary: 'Put the parts together',
    body: { schema: uploadEndSchema, maxCharacters: MAX_PART_CHARACTERS },
    status: 201,
    answer: uploadedSchema,
    problems: ['conflict'],
  },
  'POST /batches/{id}/withdrawals': {
    scope: 'operate',
    tag: 'Operations',
    summary: 'Take a batch back: later plans leave it out',
    description: 'Nothing is erased; what it held is free for other batches. Giving its file again brings it back.',
    params: z.object({ id: numberText('Number of the batch', 3) }),
    body: { schema: withdrawalSchema, maxCharacters: MAX_COMMAND_CHARACTERS },
    status: 201,
    answer: withdrawnSchema,
    problems: ['not-found', 'conflict'],
  },
  'GET /quarantine': {
    scope: 'operate',
    tag: 'Operations',
    summary: 'Rows that were put aside, with their reasons',
    description: 'The rows are as they came, with what they say of patients: this takes the right to operate.',
    query: z.object({ batch_id: numberText('Show its rows', 1).optional() }),
    answer: quarantineSchema,
    problems: ['not-found'],
  },
} as const satisfies RouteGroup;
