// Tells API Gateway who a bearer token belongs to and which routes it opens.
import type { APIGatewayAuthorizerResult, APIGatewayTokenAuthorizerEvent } from 'aws-lambda';
import { now } from '../aws/clock.ts';
import { findToken } from '../aws/tokens.ts';
import { openedResources } from '../core/access/rights.ts';
import { accessTokenSchema, bearerToken } from '../core/access/scopes.ts';
import { sha256Hex } from '../core/canonical.ts';
import { ROUTES } from '../core/routes/table.ts';

/** @throws Error with exactly this message, which API Gateway turns into a 401. */
const unauthorized = () => new Error('Unauthorized');

export async function handler(event: APIGatewayTokenAuthorizerEvent): Promise<APIGatewayAuthorizerResult> {
  const text = bearerToken(event.authorizationToken);
  if (text === null) throw unauthorized();
  const token = await findToken(sha256Hex(text), accessTokenSchema);
  if (token === null || (token.expires_at !== null && token.expires_at * 1000 <= Date.parse(now()))) {
    throw unauthorized();
  }
  const opened = openedResources(token.scopes, ROUTES, event.methodArn);
  return {
    principalId: token.name,
    policyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'execute-api:Invoke', Resource: opened }],
    },
    context: { actor: token.name, scopes: token.scopes.join(' ') },
  };
}
