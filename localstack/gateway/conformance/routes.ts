// What holds for every route by its entry in the table: its right, its methods, what a body must be.
import { deployedMethods, opens, takesToken } from '../../../lambdas/core/access/rights.ts';
import { SCOPES } from '../../../lambdas/core/access/scopes.ts';
import { ROUTES, type Route } from '../../../lambdas/core/routes/table.ts';
import { problemSchema } from '../../../lambdas/core/serving/answers.ts';
import { type Expectation, PROBLEM_ANSWER } from './expectation.ts';

const problemOf = (kind: string) => problemSchema.refine(({ type }) => type === `urn:readmit:problem:${kind}`);
const called = (path: string) => path.replaceAll(/\{[^}]+\}/g, '1');
const refusal = (
  route: Route,
  what: string,
  status: number,
  kind: string,
  more: Partial<Expectation>,
): Expectation => ({
  ...{ name: `${route.name} ${what}`, method: route.method, path: called(route.path), status },
  ...{ answerHeaders: PROBLEM_ANSWER, shape: problemOf(kind) },
  ...more,
});

/** Routes that change what lasts take a token on every deployment; the others by its setting. */
function rights(route: Route): Expectation[] {
  if (!takesToken(route.scope, 'open')) return [];
  const body = route.body === undefined ? {} : { body: {} };
  const others = SCOPES.filter((scope) => !opens([scope], route.scope));
  return [
    refusal(route, 'takes a token', 401, 'unauthenticated', body),
    ...others.map((token) => refusal(route, `is closed to a token for ${token}`, 403, 'forbidden', { ...body, token })),
  ];
}

function bodies(route: Route): Expectation[] {
  if (route.body === undefined) return [];
  const token = { token: 'operate' } as const;
  const typed = (headers: Readonly<Record<string, string>>) => ({ ...token, headers, body: '{}' });
  return [
    refusal(route, 'takes no form', 415, 'not-json', typed({ 'content-type': 'application/x-www-form-urlencoded' })),
    refusal(route, 'takes UTF-8', 415, 'not-plain', typed({ 'content-type': 'application/json; charset=latin1' })),
    refusal(route, 'takes nothing packed', 415, 'not-plain', typed({ 'content-encoding': 'gzip' })),
    refusal(route, 'takes JSON', 400, 'malformed-json', { ...token, body: '{' }),
    refusal(route, 'takes a name once', 400, 'malformed-json', { ...token, body: '{"a": 1, "a": 2}' }),
    refusal(route, 'takes Unicode', 400, 'malformed-json', { ...token, body: '{"a": "\\ud83d"}' }),
    refusal(route, 'takes no other bytes', 400, 'malformed-json', {
      ...token,
      body: Buffer.from('{"a": "\xff"}', 'latin1'),
    }),
  ];
}

function methods(path: string): Expectation {
  const answered = [
    ...ROUTES.filter((route) => route.path === path).flatMap(({ method }) => deployedMethods(method)),
    'OPTIONS',
  ];
  return {
    ...{ name: `${path} has the methods ${answered.join(', ')}`, method: 'PATCH', path: called(path), status: 405 },
    answerHeaders: { ...PROBLEM_ANSWER, allow: new RegExp(`^${answered.join(', ')}$`) },
    shape: problemOf('wrong-method'),
  };
}

export const ROUTE_EXPECTATIONS: readonly Expectation[] = [
  ...[...new Set(ROUTES.map(({ path }) => path))].map(methods),
  ...ROUTES.flatMap((route) => [...rights(route), ...bodies(route)]),
];
