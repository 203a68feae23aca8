// DynamoDB's update expressions, as far as they are used: SET a = :v, ADD a :n, REMOVE a.
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { NotSimulatedError } from './errors.ts';
import type { Expression, StoredItem } from './expression.ts';

/** The item as an update makes it, from the present one or from its key alone. */
export function updated(text: string, item: StoredItem, { names = {}, values = {} }: Expression): StoredItem {
  const result: Record<string, AttributeValue> = { ...item };
  const nameOf = (token: string) => (token.startsWith('#') ? (names[token] ?? token) : token);
  const given = (token: string): AttributeValue => {
    const value = token.startsWith(':') ? values[token] : result[nameOf(token)];
    if (value === undefined) throw new NotSimulatedError(`the value ${token} in an update`);
    return value;
  };
  for (const [, clause = '', body = ''] of text.matchAll(
    /\b(SET|ADD|REMOVE)\b\s+(.*?)(?=\s+\b(?:SET|ADD|REMOVE)\b\s|$)/g,
  )) {
    for (const part of body.split(',').map((one) => one.trim())) {
      if (clause === 'REMOVE') delete result[nameOf(part)];
      else if (clause === 'ADD') {
        const [name = '', token = ''] = part.split(/\s+/);
        const sum = Number(result[nameOf(name)]?.N ?? 0) + Number(given(token).N);
        result[nameOf(name)] = { N: String(sum) };
      } else {
        const match = /^([#\w]+)\s*=\s*([#:\w]+)$/.exec(part);
        if (match === null) throw new NotSimulatedError(`SET ${part}`);
        result[nameOf(match[1] ?? '')] = given(match[2] ?? '');
      }
    }
  }
  return result;
}
