// The environment of the simulated functions.
export const TABLES = { tracking: 'sim-tracking', registry: 'sim-registry', metrics: 'sim-metrics' } as const;

export const TIME_TO_LIVE_MS = 15_000;

export const ENVIRONMENT: Readonly<Record<string, string>> = {
  DATA_BUCKET: 'sim-data',
  TRACKING_TABLE: TABLES.tracking,
  REGISTRY_TABLE: TABLES.registry,
  METRICS_TABLE: TABLES.metrics,
  BATCH_ROWS: '14',
  TRAINING_THREADS: '1',
  POINTER_TTL_SECONDS: String(TIME_TO_LIVE_MS / 1000),
  STATE_MACHINE_ARN: 'arn:aws:states:us-east-1:000000000000:stateMachine:sim',
  AUTH_MODE: 'token',
  CODE_VERSION: 'simulated',
  AWS_REGION: 'us-east-1',
};
