// The routes of the registry function: models, runs and the ledger to read; promotions, rollbacks and holds for operators.
import * as z from 'zod';
import {
  entrySchema,
  evaluationAnswerSchema,
  keysSchema,
  ledgerSchema,
  modelDetailSchema,
  modelListSchema,
  proofSchema,
  runListSchema,
  runSchema,
} from '../operations/answers.ts';
import {
  holdSchema,
  MAX_COMMAND_CHARACTERS,
  promotionSchema,
  releaseSchema,
  rollbackSchema,
} from '../operations/requests.ts';
import { numberText, timeText } from './parameters.ts';
import type { RouteGroup } from './route.ts';

const runId = z
  .string()
  .regex(/^[0-9A-Za-z_.-]{1,80}$/, 'expected a run id such as 1f0c2ab3d4e5f607-00')
  .meta({ description: 'Run id' });
const candidateRunId = z
  .string()
  .regex(/^[0-9a-f]{16}-[0-9]{2,4}$/, 'expected the run id of a candidate such as 1f0c2ab3d4e5f607-00')
  .meta({ description: 'Run id of a candidate' });

export const REGISTRY_ROUTES = {
  'GET /models': { scope: 'read', tag: 'Registry', summary: 'Registered versions', answer: modelListSchema },
  'GET /models/{version}': {
    scope: 'read',
    tag: 'Registry',
    summary: 'One version with its evaluation and card',
    params: z.object({ version: numberText('Registered version', 3) }),
    answer: modelDetailSchema,
    problems: ['not-found', 'tampered'],
  },
  'GET /runs': { scope: 'read', tag: 'Registry', summary: 'Tracked runs', answer: runListSchema },
  'GET /runs/{id}': {
    scope: 'read',
    tag: 'Registry',
    summary: 'One run',
    params: z.object({ id: runId }),
    answer: runSchema,
    problems: ['not-found'],
  },
  'GET /runs/{id}/evaluation': {
    scope: 'read',
    tag: 'Registry',
    summary: 'All that was measured of one run, and its learning curve',
    params: z.object({ id: candidateRunId }),
    answer: evaluationAnswerSchema,
    problems: ['not-found', 'tampered'],
  },
  'GET /ledger': {
    scope: 'read',
    tag: 'Registry',
    summary: 'Who served when, verified',
    query: z.object({ at: timeText('Tell who served at this time') }),
    answer: ledgerSchema,
  },
  'GET /ledger/proof': {
    scope: 'read',
    tag: 'Registry',
    summary: 'That an entry stands in the ledger, or that an earlier ledger is the beginning of a later one',
    description:
      'With rev, or without either: inclusion, of the last entry. With from: consistency. Both in the tree of the first `to` entries (RFC 9162).',
    query: z.object({
      rev: numberText('Prove that this entry stands in the tree', 3).optional(),
      from: numberText('Prove that the tree of so many entries is the beginning', 2).optional(),
      to: numberText('Size of the tree; all entries when absent', 7).optional(),
    }),
    answer: proofSchema,
    problems: ['not-found', 'tampered', 'conflict'],
  },
  'GET /ledger/checkpoint': {
    scope: 'read',
    tag: 'Registry',
    summary: 'The newest signed checkpoint, as a signed note (C2SP tlog-checkpoint)',
    answer: ['text/plain'],
    problems: ['not-found'],
  },
  'GET /ledger/keys': {
    scope: 'read',
    tag: 'Registry',
    summary: 'The public keys of checkpoints and of models',
    answer: keysSchema,
  },
  'POST /promotions': {
    scope: 'operate',
    tag: 'Operations',
    summary: 'Make a version the served one',
    body: { schema: promotionSchema, maxCharacters: MAX_COMMAND_CHARACTERS },
    status: 201,
    answer: entrySchema,
    problems: ['not-found', 'conflict', 'rev-changed', 'tampered'],
  },
  'POST /rollbacks': {
    scope: 'operate',
    tag: 'Operations',
    summary: 'Go back to the version that served before',
    body: { schema: rollbackSchema, maxCharacters: MAX_COMMAND_CHARACTERS },
    status: 201,
    answer: entrySchema,
    problems: ['conflict', 'rev-changed'],
  },
  'POST /holds': {
    scope: 'operate',
    tag: 'Operations',
    summary: 'Stop the pipeline from promoting; people still may',
    body: { schema: holdSchema, maxCharacters: MAX_COMMAND_CHARACTERS },
    status: 201,
    answer: entrySchema,
    problems: ['conflict'],
  },
  'POST /holds/releases': {
    scope: 'operate',
    tag: 'Operations',
    summary: 'Let the pipeline promote again',
    body: { schema: releaseSchema, maxCharacters: MAX_COMMAND_CHARACTERS },
    status: 201,
    answer: entrySchema,
    problems: ['conflict'],
  },
} as const satisfies RouteGroup;
