// What API Gateway itself answers when no function does: its gateway responses, as they were deployed.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
import type { ServerResponse } from 'node:http';
import type { GatewayResponse } from './deployed-api.ts';
import { withoutCors } from './visitors.ts';

/** By what happened: the response type, its status unless the deployment sets another, and the words of the default. */
const REFUSALS = {
  'missing-token': {
    type: 'MISSING_AUTHENTICATION_TOKEN',
    status: 403,
    message: 'Missing Authentication Token',
    error: 'MissingAuthenticationTokenException',
  },
  unauthorized: { type: 'UNAUTHORIZED', status: 401, message: 'Unauthorized', error: 'UnauthorizedException' },
  denied: {
    type: 'ACCESS_DENIED',
    status: 403,
    message: 'User is not authorized to access this resource',
    error: 'AccessDeniedException',
  },
  'explicitly-denied': {
    type: 'ACCESS_DENIED',
    status: 403,
    message: 'User is not authorized to access this resource with an explicit deny in an identity-based policy',
    error: 'AccessDeniedException',
  },
  'authorizer-failed': {
    type: 'AUTHORIZER_FAILURE',
    status: 500,
    message: null,
    error: 'AuthorizerConfigurationException',
  },
  'too-long': {
    type: 'REQUEST_TOO_LARGE',
    status: 413,
    message: 'Request Too Long',
    error: 'RequestEntityTooLargeException',
  },
  busy: { type: 'THROTTLED', status: 429, message: 'Too Many Requests', error: 'TooManyRequestsException' },
  failed: {
    type: 'DEFAULT_5XX',
    status: 502,
    message: 'Internal server error',
    error: 'InternalServerErrorException',
  },
  timeout: {
    type: 'INTEGRATION_TIMEOUT',
    status: 504,
    message: 'Endpoint request timed out',
    error: 'InternalServerErrorException',
  },
} as const;

export type Refusal = keyof typeof REFUSALS;

const DEFAULT_TEMPLATE = '{"message":$context.error.messageString}';

export class GatewayResponses {
  readonly #deployed: ReadonlyMap<string, GatewayResponse>;

  constructor(deployed: ReadonlyMap<string, GatewayResponse>) {
    this.#deployed = new Map(
      [...deployed].map(([type, { headers = [], ...rest }]) => [type, { ...rest, headers: withoutCors(headers) }]),
    );
  }

  answer(response: ServerResponse, refusal: Refusal, requestId: string): void {
    const { type, status, message, error } = REFUSALS[refusal];
    const { status: own, template = DEFAULT_TEMPLATE, headers = [] } = this.#deployed.get(type) ?? {};
    const all = ['x-amzn-ErrorType', error, ...headers];
    if (!headers.some((name, i) => i % 2 === 0 && name.toLowerCase() === 'content-type')) {
      all.push('Content-Type', 'application/json');
    }
    if (refusal === 'too-long') all.push('Connection', 'close'); // the rest of the body is not read
    const body = template
      .replaceAll('$context.error.messageString', JSON.stringify(message))
      .replaceAll('$context.error.message', message ?? '')
      .replaceAll('$context.error.responseType', type)
      .replaceAll('$context.requestId', requestId);
    send(response, own ?? status, all, body, requestId);
  }
}

export function send(
  response: ServerResponse,
  status: number,
  headers: readonly string[],
  body: string | Buffer,
  requestId: string,
): void {
  if (response.headersSent || response.destroyed) return;
  const length = typeof body === 'string' ? Buffer.byteLength(body) : body.length;
  const about = status === 204 ? [] : ['Content-Length', String(length)]; // RFC 9110, 8.6: none with 204
  response.writeHead(status, [...headers, 'x-amzn-RequestId', requestId, ...about]);
  response.end(body);
}
