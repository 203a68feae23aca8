// Names of deployed things that people and scripts type: readmit-<environment>-<thing>.
import type { Settings } from './settings.ts';

export function stackName({ environment }: Pick<Settings, 'environment'>): string {
  return `readmit-${environment}`;
}

/** E.g. RecordFailure -> readmit-dev-record-failure. */
export function resourceName(settings: Pick<Settings, 'environment'>, id: string): string {
  return `${stackName(settings)}-${kebabCase(id)}`;
}

/** E.g. RecordFailure -> record-failure. */
export function kebabCase(id: string): string {
  return id.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '-').toLowerCase();
}
