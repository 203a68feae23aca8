// The route of the metrics function.
import type { RouteGroup } from './route.ts';

export const METRICS_ROUTES = {
  'GET /metrics': {
    scope: 'metrics',
    tag: 'Service',
    summary: 'The state of the service as Prometheus text',
    answer: ['text/plain', 'application/openmetrics-text'],
  },
} as const satisfies RouteGroup;
