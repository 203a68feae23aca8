// An API Gateway REST proxy event as the routes read it.
import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { z } from 'zod';
import { fieldErrors, summary } from '../../core/problem/field-errors.ts';
import { ProblemError } from '../../core/problem/problem.ts';

/** The header's value, whatever the case the client wrote its name in; the last one when it was sent twice. */
export function header(event: APIGatewayProxyEvent, name: string): string | undefined {
  const headers = event.headers ?? {};
  const exact = headers[name];
  if (exact !== undefined) return exact;
  for (const key in headers) if (key.length === name.length && key.toLowerCase() === name) return headers[key];
  return undefined;
}

/**
 * The JSON value in the body.
 * @throws ProblemError 413 above `limit` characters, 415 for another media type, 400 for what is not JSON.
 */
export function jsonBody(event: APIGatewayProxyEvent, limit: number): unknown {
  const type = header(event, 'content-type');
  if (type !== undefined && !JSON_TYPE.test(type)) {
    throw new ProblemError('not-json', `The Content-Type is "${type}": send application/json.`);
  }
  const raw = event.body ?? '';
  if (raw.length > limit) {
    throw new ProblemError('too-large', `The body has ${raw.length} characters; this route takes up to ${limit}.`);
  }
  const text = event.isBase64Encoded ? Buffer.from(raw, 'base64').toString('utf8') : raw;
  if (text.trim() === '') throw new ProblemError('malformed-json', 'The body is empty: send a JSON object.');
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message quotes the body, which may hold a patient's data.
    throw new ProblemError('malformed-json', 'The body is not well-formed JSON.');
  }
}

const JSON_TYPE = /^application\/([\w.-]+\+)?json\s*(;|$)/i;

/** Query, path or body parsed by a schema. @throws ProblemError 422 naming each wrong field. */
export function parsed<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const errors = fieldErrors(result.error, value);
  throw new ProblemError('invalid', summary(errors), errors);
}
