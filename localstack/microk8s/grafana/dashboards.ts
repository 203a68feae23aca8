// All dashboards by file name, and their JSON as committed.
//   node localstack/microk8s/grafana/dashboards.ts     writes base/dashboards/*.json
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { apiPerformance } from './api-performance.ts';
import { mlModelMetrics } from './ml-model-metrics.ts';
import { pipeline } from './pipeline.ts';

export const DASHBOARDS = {
  'api-performance': apiPerformance,
  'ml-model-metrics': mlModelMetrics,
  pipeline,
} as const;

export const FOLDER = join(import.meta.dirname, '..', 'base', 'dashboards');

export function dashboardJson(dashboard: object): string {
  return `${JSON.stringify(dashboard, null, 2)}\n`;
}

if (import.meta.main) {
  for (const [name, dashboard] of Object.entries(DASHBOARDS)) {
    writeFileSync(join(FOLDER, `${name}.json`), dashboardJson(dashboard));
  }
}
