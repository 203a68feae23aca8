import type { APIGatewayProxyEvent } from 'aws-lambda';

/** The header's value, whatever the case the client wrote its name in; the last one when it was sent twice. */
export function header(event: APIGatewayProxyEvent, name: string): string | undefined {
  const headers = event.headers ?? {};
  const exact = headers[name];
  if (exact !== undefined) return exact;
  for (const key in headers) if (key.length === name.length && key.toLowerCase() === name) return headers[key];
  return undefined;
}
