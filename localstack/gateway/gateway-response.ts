// What API Gateway itself answers when no function does: its default gateway responses.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
import type { ServerResponse } from 'node:http';

const RESPONSES = {
  'missing-token': {
    status: 403,
    body: '{"message":"Missing Authentication Token"}',
    type: 'MissingAuthenticationTokenException',
  },
  'too-long': { status: 413, body: '{"message":"Request Too Long"}', type: 'RequestEntityTooLargeException' },
  busy: { status: 429, body: '{"message":"Too Many Requests"}', type: 'TooManyRequestsException' },
  failed: { status: 502, body: '{"message": "Internal server error"}', type: 'InternalServerErrorException' },
  timeout: { status: 504, body: '{"message": "Endpoint request timed out"}', type: 'InternalServerErrorException' },
} as const;

export type GatewayAnswer = keyof typeof RESPONSES;

export function answerByGateway(response: ServerResponse, kind: GatewayAnswer, requestId: string): void {
  const { status, body, type } = RESPONSES[kind];
  const headers = ['x-amzn-ErrorType', type];
  if (kind === 'busy') headers.push('Retry-After', '1');
  if (kind === 'too-long') headers.push('Connection', 'close'); // the rest of the body is not read
  send(response, status, ['Content-Type', 'application/json', ...headers], body, requestId);
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
