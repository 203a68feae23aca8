import type { APIGatewayProxyEvent } from 'aws-lambda';
import { ProblemError } from '../../core/problem/problem.ts';

/**
 * The name of the token's owner, for the ledger.
 * @throws ProblemError 403 without the scope `operate`. The authorizer has refused such a caller before; this holds even
 * when a route was deployed without it.
 */
export function operator(event: APIGatewayProxyEvent): string {
  const { actor, scopes } = event.requestContext.authorizer ?? {};
  if (typeof actor === 'string' && typeof scopes === 'string' && scopes.split(' ').includes('operate')) return actor;
  throw new ProblemError('forbidden', 'This takes a token with the scope "operate": npm run token -- --scope operate.');
}
