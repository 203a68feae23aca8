// Where things lie in a clone. All that a run makes is under .readmit/, which git does not see.
import { createHash } from 'node:crypto';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '..');
export const READMIT = join(ROOT, '.readmit');

export const paths = {
  venv: join(READMIT, 'engine'),
  logs: join(READMIT, 'logs'),
  lastRun: join(READMIT, 'last-run.json'),
  samples: join(READMIT, 'samples'),
  realData: join(ROOT, 'data', 'diabetic_data.csv'),
} as const;

/** Folder of what is known of one cloud: the engine's state, the deployment. Another endpoint is another cloud, as is a dataset. */
export function cloudHome(endpoint: string | undefined, dataset?: string): string {
  if (dataset !== undefined) return join(READMIT, 'datasets', dataset);
  if (endpoint === undefined) return join(READMIT, 'cloud');
  return join(READMIT, `cloud-${createHash('sha256').update(endpoint).digest('hex').slice(0, 12)}`);
}
