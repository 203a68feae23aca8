// Lets a test call a function's handler in its own process, against the tables and the bucket of a deployed stack.
import { LOCAL_CREDENTIALS, REGION } from '../clients.ts';
import type { StackOutputs } from '../deploy.ts';

/** Gives this process the environment of a function of the stack. Call it before anything reads the settings. */
export function useStack(outputs: StackOutputs, endpoint: string, settings: Readonly<Record<string, string>>): void {
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: REGION,
    AWS_ACCESS_KEY_ID: LOCAL_CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: LOCAL_CREDENTIALS.secretAccessKey,
    DATA_BUCKET: outputs.DataBucketName,
    TRACKING_TABLE: outputs.TrackingTableName,
    REGISTRY_TABLE: outputs.RegistryTableName,
    METRICS_TABLE: outputs.MetricsTableName,
    ...settings,
  });
}
