// Bodies of the operator's routes; OpenAPI is made from them too.
import * as z from 'zod';
import { keyUnder, sentence } from '../json/text.ts';

/** No command of an operator is longer. */
export const MAX_COMMAND_CHARACTERS = 16 * 1024;

const reason = sentence(500).meta({ description: 'Why, for those who read the ledger later' });

export const promotionSchema = z
  .strictObject({ version: z.int().min(1).meta({ description: 'Registered version to serve' }), reason })
  .meta({ id: 'Promotion', examples: [{ version: 2, reason: 'Better calibrated for patients above 80' }] });

export const rollbackSchema = z
  .strictObject({ reason })
  .meta({ id: 'Rollback', examples: [{ reason: 'Complaints about predictions since noon' }] });

export const withdrawalSchema = z
  .strictObject({ reason })
  .meta({ id: 'Withdrawal', examples: [{ reason: 'Rows of another hospital' }] });

export const executionSchema = z
  .strictObject({
    source: keyUnder('incoming/', 400).meta({ description: 'Key of the uploaded file in the data bucket' }),
    batchLimit: z.int().min(1).optional().meta({ description: 'Take only the next n batches of the file' }),
    attempt: z.int().min(1).default(1).meta({ description: 'Raise it to repeat an execution that failed' }),
  })
  .meta({ id: 'Execution', examples: [{ source: 'incoming/diabetic_data.csv' }] });
