// The JSON value in a request's body.
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { ProblemError } from '../../core/problem/problem.ts';
import { header } from './header.ts';

/**
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
