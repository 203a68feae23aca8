// Which problems a route may answer: those of its entry, and those that follow from it.
import { takesToken } from '../access/rights.ts';
import type { ProblemKind } from '../problem/problem.ts';
import type { AuthMode, RouteSpec } from './route.ts';

/** What may happen to any request: too many at once, a failure, a part that cannot be reached, no answer in time. */
const ALWAYS: readonly ProblemKind[] = ['busy', 'internal', 'unavailable', 'timeout'];
const OF_TOKENS: readonly ProblemKind[] = ['unauthenticated', 'forbidden'];
const OF_BODIES: readonly ProblemKind[] = ['malformed-json', 'too-large', 'not-json', 'not-plain', 'invalid'];

export function problemsOf(route: RouteSpec, auth: AuthMode): ReadonlySet<ProblemKind> {
  return new Set<ProblemKind>([
    ...(takesToken(route.scope, auth) ? OF_TOKENS : []),
    ...(route.body === undefined ? [] : OF_BODIES),
    ...(route.params === undefined && route.query === undefined ? [] : (['invalid'] as const)),
    ...(route.problems ?? []),
    ...ALWAYS,
  ]);
}
