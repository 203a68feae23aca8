// POST /outcomes: what callers report, and what they are told. OpenAPI is made from it.
import * as z from 'zod';
import { parsePredictionId } from '../record/prediction-id.ts';

export const MAX_OUTCOMES = 1000;
/** A reference of the caller's own system, such as a stay's number; kept as a keyed hash only. */
export const encounterRefSchema = z
  .string()
  .regex(/^[!-~]{1,128}$/, 'expected 1 to 128 printable ASCII characters without spaces')
  .meta({ description: "The caller's own reference of the encounter; only a keyed hash of it is kept" });

const instant = z.iso.datetime({ offset: true, error: 'expected a time such as 2026-12-01T00:00:00Z' });

export const reportedSchema = z
  .strictObject({
    prediction_id: z
      .string()
      .max(120)
      .refine(
        (text) => parsePredictionId(text) !== null,
        'expected a prediction_id as an answer of POST /predict has it',
      )
      .optional()
      .meta({ description: 'Either this or encounter_ref' }),
    encounter_ref: encounterRefSchema.optional(),
    readmitted: z.boolean().meta({ description: 'Came back within 30 days of the discharge' }),
    observed_at: instant.meta({ description: 'When this was known' }),
    discharged_at: instant
      .optional()
      .meta({ description: 'The discharge, where the prediction was not made on its day' }),
    source: z
      .string()
      .regex(/^[A-Za-z0-9_.-]{1,64}$/, 'expected a name such as admissions-feed')
      .meta({ description: 'Which system or file says so; no person' }),
  })
  .refine(({ prediction_id, encounter_ref }) => (prediction_id === undefined) !== (encounter_ref === undefined), {
    error: 'expected either prediction_id or encounter_ref',
    path: ['prediction_id'],
  })
  .meta({ id: 'Outcome' });
export type Reported = Readonly<z.infer<typeof reportedSchema>>;

export const outcomesBodySchema = z.strictObject({ outcomes: z.array(reportedSchema).min(1).max(MAX_OUTCOMES) }).meta({
  id: 'Outcomes',
  examples: [
    {
      outcomes: [
        {
          prediction_id: '20261101.1f0c2ab3-4d5e-4f60-8a7b-9c0d1e2f3a4b.0',
          readmitted: true,
          observed_at: '2026-11-20T08:30:00Z',
          source: 'admissions-feed',
        },
      ],
    },
  ],
});

export const outcomesAnswerSchema = z
  .object({
    received: z.int(),
    recorded: z.int().meta({ description: 'New to this service' }),
    corrected: z.int().meta({ description: 'Of the recorded ones, those that revise an earlier report' }),
    known: z.int().meta({ description: 'Reported before in the same words; nothing was written' }),
    unknown: z.array(z.int()).meta({
      description: 'Positions of outcomes whose prediction is not known (yet); they are kept, and count once it is',
    }),
  })
  .meta({ id: 'OutcomesAnswer' });
export type OutcomesAnswer = z.infer<typeof outcomesAnswerSchema>;
