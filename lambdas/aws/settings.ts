// The functions' environment, read once into a typed object. Nothing else under lambdas/ reads process.env.
import * as z from 'zod';

const environmentSchema = z.object({
  DATA_BUCKET: z.string().min(3),
  TRACKING_TABLE: z.string().min(3),
  REGISTRY_TABLE: z.string().min(3),
  METRICS_TABLE: z.string().min(3),
  MODEL_NAME: z.string().min(1).default('diabetic_risk_model'),
  MODEL_ALIAS: z.string().min(1).default('Production'),
  EXPERIMENT: z.string().min(1).default('diabetic_risk'),
  SPLIT_SALT: z.string().min(1).default('diabetes130-v1'),
  BATCH_ROWS: z.coerce.number().int().min(1).max(1_000_000).default(15_000),
  TRAINING_THREADS: z.coerce.number().int().min(1).optional(),
  POINTER_TTL_SECONDS: z.coerce.number().min(0).default(15),
  STATE_MACHINE_ARN: z.string().optional(),
  ENVIRONMENT: z.string().min(1).default('local'),
  AUTH_MODE: z.enum(['open', 'token']).default('token'),
  CODE_VERSION: z.string().min(1).default('unversioned'),
  /** `file:/path/name` or the ARN of a KMS key; absent where nothing is signed. */
  MODEL_KEY: z.string().optional(),
  CHECKPOINT_KEY: z.string().optional(),
  CHECKPOINT_BUCKET: z.string().optional(),
  LOG_ORIGIN: z.string().min(1).default('readmit'),
  AWS_ENDPOINT_URL: z.string().optional(),
  AWS_LAMBDA_FUNCTION_NAME: z.string().default('local'),
});

/** Settings of a deployed function. Tables and bucket are required; the rest has the documented defaults. */
export interface Settings {
  readonly dataBucket: string;
  readonly trackingTable: string;
  readonly registryTable: string;
  readonly metricsTable: string;
  readonly modelName: string;
  readonly modelAlias: string;
  readonly experiment: string;
  readonly splitSalt: string;
  readonly batchRows: number;
  /** Undefined: as many as there are cores. */
  readonly trainingThreads: number | undefined;
  readonly pointerTtlMs: number;
  readonly stateMachineArn: string | undefined;
  readonly authMode: 'open' | 'token';
  /** Of the deployment: stacks of one account tell themselves apart by it. */
  readonly environment: string;
  /** Hash of the sources that decide what a run computes; another version is another run. */
  readonly codeVersion: string;
  /** Reference of the key that signs models, and of the one that signs checkpoints of the ledger. */
  readonly modelKey: string | undefined;
  readonly checkpointKey: string | undefined;
  readonly checkpointBucket: string | undefined;
  /** First part of the ledger's name as a log. */
  readonly logOrigin: string;
  /** Set offline only; then S3 is addressed by path, since bucket host names do not resolve. */
  readonly endpoint: string | undefined;
  readonly functionName: string;
}

/**
 * Parses an environment into settings.
 * @throws SettingsError naming the variables that are missing or malformed.
 */
export function parseSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const parsed = environmentSchema.safeParse(environment);
  if (!parsed.success) throw new SettingsError(parsed.error.issues.map((issue) => issue.path.join('.')));
  const e = parsed.data;
  return {
    dataBucket: e.DATA_BUCKET,
    trackingTable: e.TRACKING_TABLE,
    registryTable: e.REGISTRY_TABLE,
    metricsTable: e.METRICS_TABLE,
    modelName: e.MODEL_NAME,
    modelAlias: e.MODEL_ALIAS,
    experiment: e.EXPERIMENT,
    splitSalt: e.SPLIT_SALT,
    batchRows: e.BATCH_ROWS,
    trainingThreads: e.TRAINING_THREADS,
    pointerTtlMs: e.POINTER_TTL_SECONDS * 1000,
    stateMachineArn: e.STATE_MACHINE_ARN,
    authMode: e.AUTH_MODE,
    environment: e.ENVIRONMENT,
    codeVersion: e.CODE_VERSION,
    modelKey: e.MODEL_KEY,
    checkpointKey: e.CHECKPOINT_KEY,
    checkpointBucket: e.CHECKPOINT_BUCKET,
    logOrigin: e.LOG_ORIGIN,
    endpoint: e.AWS_ENDPOINT_URL,
    functionName: e.AWS_LAMBDA_FUNCTION_NAME,
  };
}

let current: Settings | undefined;

/** The settings of this process; parsed at the first call, the same object afterwards. */
export function settings(): Settings {
  current ??= parseSettings(process.env);
  return current;
}

export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  constructor(variables: readonly string[]) {
    super(`the function's environment lacks or mangles ${variables.join(', ')}: deploy the stack again`);
  }
}
