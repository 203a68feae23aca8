// One text for one value: the JSON that is hashed and stored, so that equal values have equal bytes and equal sha256.

import { createHash } from 'node:crypto';

/** A value that has no JSON form; `path` says where it stands, as in `$.metrics[3].value`. */
export class NotCanonicalError extends Error {
  override readonly name = 'NotCanonicalError';
  readonly path: string;

  constructor(path: string, what: string) {
    super(`${path} is ${what}, which JSON cannot hold: give null or leave the key out`);
    this.path = path;
  }
}

/**
 * JSON as in RFC 8785: no white space, keys sorted by UTF-16 code unit, numbers as ECMAScript prints them (-0 is 0).
 * Unlike the RFC, a lone surrogate is written as its \u escape rather than refused.
 * @throws {NotCanonicalError} NaN, Infinity, undefined, bigint, functions, and objects that are not plain (Date, Map, typed arrays).
 */
export function canonicalJson(value: unknown): string {
  return write(value, '$');
}

/** Lower-case hexadecimal SHA-256; a string is hashed as UTF-8. */
export function sha256Hex(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

function write(value: unknown, path: string): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new NotCanonicalError(path, String(value));
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${Array.from(value, (item, i) => write(item, `${path}[${i}]`)).join(',')}]`;
  if (!isPlain(value)) throw new NotCanonicalError(path, describe(value));
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([key, item]) => `${JSON.stringify(key)}:${write(item, `${path}.${key}`)}`).join(',')}}`;
}

function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function describe(value: unknown): string {
  return typeof value === 'object' && value !== null
    ? `a ${value.constructor?.name ?? 'special object'}`
    : typeof value;
}
