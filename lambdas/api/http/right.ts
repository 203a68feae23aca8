// The right to call a route, asked again by the function: the authorizer has refused strangers before, and this holds
// even where a pattern of its policy matches more than one route, or a route was deployed without it.
import { opens } from '../../core/access/rights.ts';
import { ProblemError } from '../../core/problem/problem.ts';
import { type Link, type RouteEvent, routeOf } from './route-event.ts';

/** @throws ProblemError 401 without a token's owner, 403 when the scopes of the token do not open the route. */
export function asksForRight(): Link {
  return {
    before: ({ event }) => {
      const { spec, takesToken } = routeOf(event);
      if (!takesToken) return;
      const { scopes } = event.requestContext.authorizer ?? {};
      if (actorOf(event) === null || typeof scopes !== 'string') {
        throw new ProblemError(
          'unauthenticated',
          'Send the header Authorization: Bearer TOKEN, with a token that is valid.',
        );
      }
      if (opens(scopes.split(' '), spec.scope)) return;
      const scope = spec.scope;
      throw new ProblemError(
        'forbidden',
        `This takes a token with the scope "${scope}": npm run token -- --scope ${scope}.`,
      );
    },
  };
}

/** The name of the token's owner, or null when none was sent. */
export function actorOf(event: RouteEvent): string | null {
  const actor: unknown = event.requestContext.authorizer?.actor;
  return typeof actor === 'string' ? actor : null;
}
