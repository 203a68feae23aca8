// The shapes of the predict function's answers; OpenAPI is made from them, and tests hold the answers against them.
import * as z from 'zod';
import { datasetIdentitySchema } from '../dataset/identity.ts';
import { laterFiguresSchema } from './later-figures.ts';

export const HIGH_RISK = 'High Risk (<30 days)';
export const LOW_RISK = 'Low Risk (>30 days or No)';

export const warningSchema = z
  .object({
    field: z
      .string()
      .meta({ description: 'Field of the request body; model_version where the reason lies in the model' }),
    code: z.enum([
      'unseen_value',
      'unseen_coding_system',
      'outside_training_range',
      'unmapped_id',
      'ineligible_disposition',
      'synthetic_training_data',
    ]),
    message: z.string(),
  })
  .meta({ id: 'Warning', description: 'A reason to trust the prediction less' });
export type Warning = z.infer<typeof warningSchema>;

const modelIdentity = {
  model_name: z.string(),
  model_version: z.string().meta({ description: 'Registry version, an integer as text', examples: ['3'] }),
  model_stage: z.string().meta({ examples: ['Production'] }),
};

export const riskGroupSchema = z
  .object({
    group: z.int().meta({ description: '1 = the tenth of lowest risk' }),
    of: z.int(),
    mean_predicted: z.number(),
    observed: z.number().meta({ description: 'Share of them who came back within 30 days' }),
    rows: z.int(),
  })
  .meta({ id: 'RiskGroup', description: 'What became of the validation encounters with a similar score' });

export const explanationSchema = z
  .object({
    unit: z.literal('log-odds'),
    base_value: z.number().meta({ description: 'Mean margin of the training rows' }),
    margin: z.number().meta({ description: 'base_value plus all contributions; before calibration' }),
    contributions: z.array(z.object({ field: z.string(), contribution: z.number() })).readonly(),
  })
  .meta({ id: 'Explanation', description: 'SHAP values summed by request field, largest magnitude first' });

export const predictionSchema = z
  .object({
    prediction: z.union([z.literal(0), z.literal(1)]).meta({ description: '1 when probability >= threshold' }),
    probability: z.number().min(0).max(1).meta({ description: 'Calibrated P(readmitted within 30 days)' }),
    risk_level: z.enum([HIGH_RISK, LOW_RISK]),
    ...modelIdentity,
    threshold: z.number().min(0).max(1),
    risk_percentile: z.number().min(0).max(100).meta({ description: 'Percentage of training scores below this one' }),
    risk_group: riskGroupSchema.nullable(),
    warnings: z.array(warningSchema),
    explanation: explanationSchema.optional(),
    prediction_id: z.string().meta({ description: 'Names this prediction when its outcome is reported' }),
    request_id: z.string(),
  })
  .meta({ id: 'Prediction' });
export type Prediction = z.infer<typeof predictionSchema>;

export const fieldErrorSchema = z
  .object({ pointer: z.string(), field: z.string(), detail: z.string(), code: z.string() })
  .meta({ id: 'FieldError' });

export const problemSchema = z
  .object({
    type: z.string().meta({ examples: ['urn:readmit:problem:invalid'] }),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    errors: z.array(fieldErrorSchema).optional(),
    request_id: z.string().optional(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457 problem details' });

export const batchItemSchema = z
  .object({
    index: z.int().min(0),
    ok: z.boolean(),
    result: predictionSchema.omit({ request_id: true }).optional(),
    error: problemSchema.optional(),
  })
  .meta({ id: 'BatchItem', description: 'Either result or error, at the position of its encounter' });
export type BatchItem = z.infer<typeof batchItemSchema>;

export const batchSchema = z
  .object({
    count: z.int(),
    succeeded: z.int(),
    failed: z.int(),
    ...modelIdentity,
    results: z.array(batchItemSchema),
    request_id: z.string(),
  })
  .meta({ id: 'BatchAnswer' });
export type BatchAnswer = z.infer<typeof batchSchema>;

export const healthSchema = z
  .object({
    status: z.enum(['healthy', 'unhealthy']),
    registry_connected: z.boolean(),
    model_loaded: z.boolean(),
    model_info: z
      .object({
        name: z.string(),
        version: z.string(),
        stage: z.string(),
        run_id: z.string(),
        algorithm: z.string(),
        sha256: z.string(),
        promoted_at: z.string(),
      })
      .nullable(),
    pointer_age_seconds: z.number().nullable().meta({ description: 'Since the ledger head was last read' }),
    refused: z
      .object({ version: z.string().nullable(), sha256: z.string().nullable(), reason: z.string() })
      .nullable()
      .meta({
        description:
          'A promoted model that could not be taken, or, without version, a ledger that was tampered with; the last good model keeps serving',
      }),
  })
  .meta({ id: 'Health' });
export type Health = z.infer<typeof healthSchema>;

export const modelInfoSchema = z
  .looseObject({
    ...modelIdentity,
    run_id: z.string(),
    algorithm: z.string(),
    accuracy: z.number().nullable().meta({ description: 'At the threshold; always answering "no" has about .88' }),
    f1_score: z.number().nullable(),
    last_updated: z.string().meta({ description: 'When this version became the served one, UTC' }),
    model_sha256: z.string(),
    threshold: z.object({ policy: z.string(), share: z.number(), value: z.number() }),
    training_data: z.object({
      dataset_sha256: z.string(),
      dataset: datasetIdentitySchema,
      rows: z.int(),
      positives: z.int(),
    }),
    data_source: z
      .object({
        name: z.string(),
        population: z.object({ en: z.string(), es: z.string() }),
        citation: z.string(),
        repository: z.string(),
        url: z.string(),
        license: z.string(),
      })
      .meta({ description: 'What the training data is, to be cited wherever figures of it are shown' }),
    features: z.int(),
    metrics_on_later_patients: laterFiguresSchema.meta({
      description: 'Fitted on earlier encounters, tested on later ones: what to expect in use. Null where not measured',
    }),
    metrics: z.record(z.string(), z.unknown()).meta({
      description: 'On the test split, patients drawn at random over all times, with 95 % intervals',
    }),
    promoted_by: z.string(),
    reason: z.string(),
  })
  .meta({ id: 'ModelInfo' });
export type ModelInfo = z.infer<typeof modelInfoSchema>;

export const reloadSchema = z
  .object({
    status: z.enum(['reloaded', 'unchanged', 'refused']),
    message: z.string(),
    version_before: z.string().nullable(),
    version_after: z.string().nullable(),
  })
  .meta({ id: 'Reload' });
export type Reload = z.infer<typeof reloadSchema>;
