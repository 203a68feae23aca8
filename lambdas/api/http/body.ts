// The JSON value in a request's body: well-formed, in UTF-8, each name once.
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { duplicateKey } from '../../core/json/duplicate-key.ts';
import { isWellFormed } from '../../core/json/well-formed.ts';
import { ProblemError } from '../../core/problem/problem.ts';
import { header } from './header.ts';

/**
 * @throws ProblemError 415 for another media type, charset or an encoded body, 413 above `limit` characters, 400 for what
 * is not JSON, not UTF-8, or has a name twice.
 */
export function jsonBody(event: APIGatewayProxyEvent, limit: number): unknown {
  assertPlainJson(header(event, 'content-type'), header(event, 'content-encoding'));
  const raw = event.body ?? '';
  if (raw.length > limit) {
    throw new ProblemError('too-large', `The body has ${raw.length} characters; this route takes up to ${limit}.`);
  }
  const text = withoutMark(event.isBase64Encoded ? decoded(raw) : raw);
  // Where bytes were no UTF-8, API Gateway has put this character. JSON can still hold it, escaped.
  if (text.includes('\uFFFD')) throw malformed('The body is not UTF-8.');
  const value = parse(text);
  const twice = duplicateKey(text, value);
  if (twice !== null) throw malformed(`The name ${shown(twice)} stands twice in one object of the body.`);
  if (!isWellFormed(text, value)) throw malformed('A text of the body holds half a character (a lone surrogate).');
  return value;
}

const JSON_TYPE = /^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i;
const CHARSET = /;\s*charset\s*=\s*"?([^\s;"]*)/i;

function assertPlainJson(type: string | undefined, encoding: string | undefined): void {
  if (type !== undefined && type !== 'application/json') {
    if (!JSON_TYPE.test(type)) {
      throw new ProblemError('not-json', `The Content-Type is "${type}": send application/json.`);
    }
    const charset = CHARSET.exec(type)?.[1];
    if (charset !== undefined && !/^(utf-?8|us-ascii)$/i.test(charset)) {
      throw new ProblemError('not-plain', `The charset is "${charset}": send the body in UTF-8.`);
    }
  }
  if (encoding !== undefined && !/^\s*(identity)?\s*$/i.test(encoding)) {
    throw new ProblemError('not-plain', `The Content-Encoding is "${encoding}": send the body without one.`);
  }
}

/** A byte order mark may stand before the text (RFC 8259, 8.1: parsers may ignore it). */
function withoutMark(text: string): string {
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

function decoded(base64: string): string {
  return new TextDecoder().decode(Buffer.from(base64, 'base64'));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    if (text.trim() === '') throw malformed('The body is empty: send a JSON object.');
    // The parser's own message quotes the body, which may hold a patient's data.
    throw malformed('The body is not well-formed JSON.');
  }
}

/** Names of fields are told; what is no such name might be a patient's. */
function shown(path: readonly string[]): string {
  return path.every((name) => /^\w{1,40}$/.test(name)) ? path.join('.') : 'of a member';
}

function malformed(detail: string): ProblemError {
  return new ProblemError('malformed-json', detail);
}
