// Lets a test call a function's handler in its own process, against the tables and the bucket of a deployed stack.
import { type Clients, clientEnvironment } from '../clients.ts';
import type { StackOutputs } from '../deploy.ts';

/** Gives this process the environment of a function of the stack. Call it before anything reads the settings. */
export function useStack(
  outputs: StackOutputs,
  cloud: Pick<Clients, 'endpoint' | 'credentials'>,
  settings: Readonly<Record<string, string>>,
): void {
  const environment = {
    ...clientEnvironment(cloud),
    DATA_BUCKET: outputs.DataBucketName,
    TRACKING_TABLE: outputs.TrackingTableName,
    REGISTRY_TABLE: outputs.RegistryTableName,
    METRICS_TABLE: outputs.MetricsTableName,
    ...settings,
  };
  for (const [name, value] of Object.entries(environment)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
}
