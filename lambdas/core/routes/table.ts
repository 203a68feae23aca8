// Every route of the API, once. CDK's methods, the functions' dispatch, the authorizer's patterns, the description and
// the conformance suite are made from this table; nothing else lists routes.
import { DOCS_ROUTES } from './docs.ts';
import { METRICS_ROUTES } from './metrics.ts';
import { OUTCOMES_ROUTES } from './outcomes.ts';
import { PIPELINE_ROUTES } from './pipeline.ts';
import { PREDICT_ROUTES } from './predict.ts';
import { REGISTRY_ROUTES } from './registry.ts';
import { type Method, methodAndPath, type RouteSpec } from './route.ts';

/** By the function that answers them; each is a folder under lambdas/api in kebab case. */
export const ROUTE_GROUPS = {
  Predict: PREDICT_ROUTES,
  Outcomes: OUTCOMES_ROUTES,
  Registry: REGISTRY_ROUTES,
  Pipeline: PIPELINE_ROUTES,
  Metrics: METRICS_ROUTES,
  Docs: DOCS_ROUTES,
} as const;

export type ApiFunction = keyof typeof ROUTE_GROUPS;

export interface Route extends RouteSpec {
  /** E.g. `GET /models/{version}`. */
  readonly name: string;
  readonly method: Method;
  readonly path: string;
  readonly function: ApiFunction;
}

const routesOf = (answering: ApiFunction): Route[] =>
  Object.entries<RouteSpec>(ROUTE_GROUPS[answering]).map(([name, spec]) => {
    const { method, path } = methodAndPath(name);
    return { ...spec, name, method, path, function: answering };
  });

export const ROUTES: readonly Route[] = [
  ...routesOf('Predict'),
  ...routesOf('Outcomes'),
  ...routesOf('Registry'),
  ...routesOf('Pipeline'),
  ...routesOf('Metrics'),
  ...routesOf('Docs'),
];
