// Every route of the API: which function answers it and who may call it. The local gateway serves this same table.

/** The functions behind the API; each is a folder under lambdas/api in kebab case. */
export const API_FUNCTIONS = ['Predict', 'Registry', 'Pipeline', 'Docs', 'Metrics'] as const;
export type ApiFunction = (typeof API_FUNCTIONS)[number];

/**
 * What a caller needs. `public` routes show no data and are always open; `predict` and `read` are open or take a token,
 * by the `auth` setting; `operate`, which also shows rows of patients, always takes a token with that scope.
 */
export type Scope = 'public' | 'predict' | 'read' | 'operate';

export interface Route {
  readonly method: 'GET' | 'POST';
  /** As API Gateway writes it: `{name}` is a path parameter, `{name+}` takes the rest of the path. */
  readonly path: string;
  readonly handler: ApiFunction;
  readonly scope: Scope;
}

export const ROUTES: readonly Route[] = [
  { method: 'GET', path: '/', handler: 'Predict', scope: 'public' },
  { method: 'GET', path: '/health', handler: 'Predict', scope: 'public' },
  { method: 'GET', path: '/model-info', handler: 'Predict', scope: 'read' },
  { method: 'POST', path: '/predict', handler: 'Predict', scope: 'predict' },
  { method: 'POST', path: '/predict/batch', handler: 'Predict', scope: 'predict' },
  { method: 'POST', path: '/reload-model', handler: 'Predict', scope: 'predict' },

  { method: 'GET', path: '/models', handler: 'Registry', scope: 'read' },
  { method: 'GET', path: '/models/{version}', handler: 'Registry', scope: 'read' },
  { method: 'GET', path: '/runs', handler: 'Registry', scope: 'read' },
  { method: 'GET', path: '/runs/{id}', handler: 'Registry', scope: 'read' },
  { method: 'GET', path: '/runs/{id}/evaluation', handler: 'Registry', scope: 'read' },
  { method: 'GET', path: '/ledger', handler: 'Registry', scope: 'read' },
  { method: 'POST', path: '/promotions', handler: 'Registry', scope: 'operate' },
  { method: 'POST', path: '/rollbacks', handler: 'Registry', scope: 'operate' },
  { method: 'POST', path: '/executions', handler: 'Registry', scope: 'operate' },

  { method: 'GET', path: '/executions', handler: 'Pipeline', scope: 'read' },
  { method: 'GET', path: '/executions/{name}', handler: 'Pipeline', scope: 'read' },
  { method: 'POST', path: '/stops', handler: 'Pipeline', scope: 'operate' },
  { method: 'GET', path: '/uploads', handler: 'Pipeline', scope: 'read' },
  { method: 'POST', path: '/uploads', handler: 'Pipeline', scope: 'operate' },
  { method: 'POST', path: '/uploads/parts', handler: 'Pipeline', scope: 'operate' },
  { method: 'POST', path: '/uploads/ends', handler: 'Pipeline', scope: 'operate' },
  { method: 'GET', path: '/quarantine', handler: 'Pipeline', scope: 'operate' },

  { method: 'GET', path: '/metrics', handler: 'Metrics', scope: 'read' },
  { method: 'GET', path: '/docs', handler: 'Docs', scope: 'public' },
  { method: 'GET', path: '/docs/{file+}', handler: 'Docs', scope: 'public' },
  { method: 'GET', path: '/openapi.json', handler: 'Docs', scope: 'public' },
];
