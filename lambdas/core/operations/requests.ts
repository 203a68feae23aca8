// Bodies of the operator's routes; OpenAPI is made from them too.
import * as z from 'zod';
import { candidateSchema } from '../candidates/candidate.ts';
import { keyUnder, sentence } from '../json/text.ts';

/** No command of an operator is longer. */
export const MAX_COMMAND_CHARACTERS = 16 * 1024;

const reason = sentence(500).meta({ description: 'Why, for those who read the ledger later' });

const expectedRev = z
  .int()
  .min(0)
  .optional()
  .meta({ description: 'The rev of the ledger that you looked at; if it has moved on: 412. If-Match says the same' });

export const promotionSchema = z
  .strictObject({
    version: z.int().min(1).meta({ description: 'Registered version to serve' }),
    reason,
    expected_rev: expectedRev,
  })
  .meta({ id: 'Promotion', examples: [{ version: 2, reason: 'Better calibrated for patients above 80' }] });

export const rollbackSchema = z
  .strictObject({
    reason,
    version: z.int().min(1).optional().meta({
      description: 'The version to go back to, one that served before; absent: the one before the present one',
    }),
    expected_rev: expectedRev,
  })
  .meta({ id: 'Rollback', examples: [{ reason: 'Complaints about predictions since noon' }] });

export const withdrawalSchema = z
  .strictObject({ reason })
  .meta({ id: 'Withdrawal', examples: [{ reason: 'Rows of another hospital' }] });

export const holdSchema = z
  .strictObject({
    reason,
    until: z.iso
      .datetime({ offset: true, error: 'expected a time such as 2026-12-01T00:00:00Z' })
      .optional()
      .meta({ description: 'When it ends by itself; absent: it stands until it is released' }),
  })
  .meta({
    id: 'Hold',
    examples: [{ reason: 'The chief physician reviews version 4 first', until: '2026-12-01T00:00:00Z' }],
  });

export const releaseSchema = z
  .strictObject({ reason })
  .meta({ id: 'Release', examples: [{ reason: 'The review is done' }] });

export const executionSchema = z
  .strictObject({
    source: keyUnder('incoming/', 400).meta({ description: 'Key of the uploaded file in the data bucket' }),
    batchLimit: z.int().min(1).optional().meta({ description: 'Take only the next n batches of the file' }),
    candidates: z
      .array(candidateSchema)
      .min(1)
      .max(50)
      .optional()
      .meta({ description: 'What to train; absent: the standard model and its baselines' }),
    attempt: z.int().min(1).default(1).meta({ description: 'Raise it to repeat an execution that failed' }),
  })
  .meta({ id: 'Execution', examples: [{ source: 'incoming/diabetic_data.csv' }] });
