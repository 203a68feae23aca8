// The event as it goes through the chain, and the routes of a function as they were prepared.
import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { takesToken } from '../../core/access/rights.ts';
import { ProblemError } from '../../core/problem/problem.ts';
import type { AuthMode, RouteGroup, RouteSpec } from '../../core/routes/route.ts';
import type { AnyHandler, RouteRequest } from './handler.ts';

export interface ServedRoute {
  readonly spec: RouteSpec;
  readonly takesToken: boolean;
  readonly handle: AnyHandler;
  /** What the schema makes of no query at all. */
  readonly noQuery: unknown;
}

/** API Gateway's event; the chain adds what it found out. */
export interface RouteEvent extends APIGatewayProxyEvent {
  route?: ServedRoute;
  request?: RouteRequest;
}

export type Link = MiddlewareObj<RouteEvent, unknown>;

export function prepareRoutes(
  group: RouteGroup,
  auth: AuthMode,
  handlers: Readonly<Record<string, AnyHandler>>,
): ReadonlyMap<string, ServedRoute> {
  const routes = new Map<string, ServedRoute>();
  for (const [name, spec] of Object.entries(group)) {
    const handle = handlers[name];
    if (handle === undefined) throw new Error(`nothing answers ${name}`);
    const noQuery = spec.query?.safeParse({}).data;
    routes.set(name, { spec, takesToken: takesToken(spec.scope, auth), handle, noQuery });
  }
  return routes;
}

/** HEAD is answered as GET is; the server leaves the body out. */
export function findsRoute(routes: ReadonlyMap<string, ServedRoute>): Link {
  return {
    before: ({ event }) => {
      const method = event.httpMethod === 'HEAD' ? 'GET' : event.httpMethod;
      const route = routes.get(`${method} ${event.resource}`);
      if (route === undefined) throw new ProblemError('no-route', `${event.httpMethod} ${event.path} leads nowhere.`);
      event.route = route;
    },
  };
}

/** @throws Error outside of the chain, which comes by findsRoute first */
export function routeOf(event: RouteEvent): ServedRoute {
  if (event.route === undefined) throw new Error('the route of this request was not looked up');
  return event.route;
}

/** @throws Error outside of the chain, which comes by readsRequest first */
export function requestOf(event: RouteEvent): RouteRequest {
  if (event.request === undefined) throw new Error('this request was not read');
  return event.request;
}
