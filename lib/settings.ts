// The deployment's settings: CDK context, parsed once into a typed object. Every choice a user has is in this schema.
import { z } from 'zod';

/** CDK context values come from JSON (typed) or from `-c key=value` (text); both are accepted. */
const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')]);
const mebibytes = z.coerce.number().int().min(128).max(10_240);
/** What Lambda lets a new account give a function. */
export const NEW_ACCOUNT_MEMORY = 3008;
/** Executions that a new account may run at a time, all functions together. */
export const NEW_ACCOUNT_CONCURRENCY = 10;

const jsonText = z.string().transform((text, context) => {
  try {
    return z.unknown().parse(JSON.parse(text));
  } catch {
    context.addIssue({ code: 'custom', message: 'is not JSON' });
    return z.NEVER;
  }
});
const object = <T extends z.ZodType>(schema: T) => z.union([schema, jsonText.pipe(schema)]);

/**
 * Memory of each function in MiB. Lambda gives CPU in proportion: one vCPU at 1,769 MiB, two from 3,538 MiB. A new account
 * accepts 3,008 MiB at most (more after a request to AWS support), so that is the default of Train and Evaluate, which use
 * two threads; their resident set stays far below. Whose account allows it gives them 3,538 by `-c memory`.
 */
export const memorySchema = z.strictObject({
  Ingest: mebibytes.default(1769),
  Clean: mebibytes.default(1769),
  Train: mebibytes.default(NEW_ACCOUNT_MEMORY),
  Evaluate: mebibytes.default(NEW_ACCOUNT_MEMORY),
  Plan: mebibytes.default(512),
  Promote: mebibytes.default(512),
  Reject: mebibytes.default(512),
  RecordFailure: mebibytes.default(256),
  Predict: mebibytes.default(1769),
  Outcomes: mebibytes.default(512),
  Registry: mebibytes.default(512),
  Pipeline: mebibytes.default(512),
  Docs: mebibytes.default(256),
  Metrics: mebibytes.default(512),
  Authorizer: mebibytes.default(256),
  Monitor: mebibytes.default(512),
});

const scheduleSchema = z.strictObject({
  /** EventBridge expression, e.g. `cron(0 5 * * ? *)` or `rate(1 day)`. */
  expression: z.string().regex(/^(cron|rate)\(.+\)$/),
  /** Key of the source object, e.g. `incoming/diabetic_data.csv`. */
  source: z.string().startsWith('incoming/'),
});

const concurrencySchema = z.strictObject({
  clean: z.coerce.number().int().min(1).max(1000).optional(),
  train: z.coerce.number().int().min(1).max(40).optional(),
});

/** Executions of a function that are kept for it alone; an account must keep 100 unreserved, so a new one can reserve none. */
const reservedSchema = z.partialRecord(memorySchema.keyof(), z.coerce.number().int().min(1).max(1000));

const contextSchema = z.object({
  environment: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,15}$/)
    .default('dev'),
  offline: flag.default(false),
  arch: z.enum(['x86_64', 'arm64']).optional(),
  auth: z.enum(['open', 'token']).optional(),
  memory: object(memorySchema).default(memorySchema.parse({})),
  schedule: object(scheduleSchema).optional(),
  startOnUpload: flag.default(false),
  cleanMap: z.enum(['inline', 'distributed']).default('inline'),
  concurrency: object(concurrencySchema).default({}),
  reserved: object(reservedSchema).default({}),
  alarmEmail: z.email().optional(),
  methodMetrics: flag.default(false),
  protect: flag.default(false),
  signingKeys: z.string().startsWith('/').optional(),
  logRetentionDays: z.coerce
    .number()
    .pipe(z.literal([1, 3, 5, 7, 14, 30, 60, 90, 180, 365]))
    .default(30),
});

/** Names of the context keys that {@link parseSettings} reads. */
export const CONTEXT_KEYS = contextSchema.keyof().options;

/** Where bundles with native parts must run, in Node's words. */
export interface Platform {
  readonly os: string;
  readonly cpu: string;
}

/** The machine that synthesizes. When offline it is also the one that runs the functions. */
export interface Host extends Platform {
  readonly cores: number;
}

export interface Settings {
  readonly environment: string;
  /** True for a LocalStack-compatible endpoint: bundles for this host, the CLI's own credentials, nothing retained. */
  readonly offline: boolean;
  readonly arch: 'x86_64' | 'arm64';
  readonly platform: Platform;
  /** `open` lets anyone read and predict; operating the registry always takes a token. */
  readonly auth: 'open' | 'token';
  readonly memory: Readonly<z.infer<typeof memorySchema>>;
  readonly schedule: z.infer<typeof scheduleSchema> | undefined;
  /** Start an execution for each object that is created under incoming/. */
  readonly startOnUpload: boolean;
  /** A distributed Map runs each batch as a child execution: for more than 40 batches at a time. */
  readonly cleanMap: 'inline' | 'distributed';
  /** How many items of a Map run at a time. */
  readonly concurrency: { readonly clean: number; readonly train: number };
  /** Executions reserved for a function alone; the others share what the account has left. */
  readonly reserved: Readonly<z.infer<typeof reservedSchema>>;
  /** Who is told when an alarm goes off; nobody where it is undefined. */
  readonly alarmEmail: string | undefined;
  /** CloudWatch metrics for each method of the API besides those of the whole: some 40 more, at $.30 a month each. */
  readonly methodMetrics: boolean;
  /**
   * Stack and tables refuse to be deleted. Set by `npm run deploy` once the stack has stood: a first deployment that fails
   * must be able to roll back.
   */
  readonly protect: boolean;
  /** Offline: folder of the keys that sign models and checkpoints. Nothing is signed without; on AWS the keys are in KMS. */
  readonly signingKeys: string | undefined;
  /** Threads of one training; undefined: as many as the function has cores. Offline the trainings of a Map share the host's. */
  readonly trainingThreads: number | undefined;
  readonly logRetentionDays: z.infer<typeof contextSchema>['logRetentionDays'];
}

/**
 * Items of a Map at a time on AWS. Of the ten executions that a new account has, four are left for those who answer while a
 * training runs: Predict, Authorizer, Monitor and one more.
 */
const MAP_CONCURRENCY = NEW_ACCOUNT_CONCURRENCY - 4;

/**
 * Parses CDK context into settings.
 * @param read reads one context key, as `(key) => app.node.tryGetContext(key)`
 * @param host decides platform and concurrency when offline
 * @throws SettingsError naming the keys that are malformed
 */
export function parseSettings(read: (key: string) => unknown, host: Host): Settings {
  const given = Object.fromEntries(
    CONTEXT_KEYS.map((key) => [key, read(key)]).filter(([, value]) => value !== undefined),
  );
  const parsed = contextSchema.safeParse(given);
  if (!parsed.success) throw new SettingsError(z.prettifyError(parsed.error));
  const { arch = parsed.data.offline && host.cpu === 'arm64' ? 'arm64' : 'x86_64', auth, ...rest } = parsed.data;
  const train = rest.concurrency.train ?? (rest.offline ? host.cores : MAP_CONCURRENCY);
  return {
    ...rest,
    arch,
    auth: auth ?? (rest.offline ? 'open' : 'token'),
    schedule: rest.schedule,
    signingKeys: rest.signingKeys,
    alarmEmail: rest.alarmEmail,
    concurrency: { clean: rest.concurrency.clean ?? (rest.offline ? host.cores : MAP_CONCURRENCY), train },
    trainingThreads: rest.offline ? Math.max(1, Math.floor(host.cores / train)) : undefined,
    platform: rest.offline ? { os: host.os, cpu: host.cpu } : { os: 'linux', cpu: arch === 'arm64' ? 'arm64' : 'x64' },
  };
}

export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  constructor(problems: string) {
    super(`the CDK context does not fit: correct it in cdk.json or in the -c options\n${problems}`);
  }
}
