// What every API function is: the handlers of its routes behind one chain that finds the route, asks for the right,
// reads the request, writes the answer, and turns whatever is thrown into a problem.
import middy from '@middy/core';
import type { AuthMode, RouteGroup } from '../../core/routes/route.ts';
import { writesAnswer } from './answer.ts';
import type { Handlers } from './handler.ts';
import { answersProblems } from './problems.ts';
import { readsRequest } from './request.ts';
import { asksForRight } from './right.ts';
import { findsRoute, prepareRoutes, type RouteEvent, requestOf, routeOf } from './route-event.ts';

/**
 * A Lambda handler that answers every request of a group's routes, whatever happens, without a stack trace.
 * @param auth of the deployment: whether routes that show data take a token
 * @param handlers one for each route of the group, no more and no less
 */
export function serve<G extends RouteGroup>(group: G, auth: AuthMode, handlers: Handlers<G>) {
  const routes = prepareRoutes(group, auth, handlers);
  // Lambda ends a function at its time limit by itself; middy's own timer would cost a timer a request.
  return middy<RouteEvent, unknown>({ timeoutEarlyInMillis: 0 })
    .use([answersProblems(), findsRoute(routes), asksForRight(), readsRequest(), writesAnswer()])
    .handler<RouteEvent, unknown>(async (event) => routeOf(event).handle(requestOf(event)));
}
