// A Lambda proxy result as an HTTP response.
import { z } from 'zod';
import type { Outcome } from './protocol.ts';

const value = z.union([z.string(), z.number(), z.boolean()]);
const resultSchema = z.object({
  statusCode: z.coerce.number().int().min(100).max(599),
  headers: z.record(z.string(), value).nullish(),
  multiValueHeaders: z.record(z.string(), z.array(value)).nullish(),
  body: z.string().nullish(),
  isBase64Encoded: z.boolean().nullish(),
});

/**
 * The response of an invocation; an outcome without one when the function's result is not a proxy result.
 * @param openToPages whether it keeps the headers by which a page of another origin may read it
 */
export function responseOutcome(id: number, result: unknown, openToPages: boolean): Outcome {
  const parsed = resultSchema.safeParse(result);
  if (!parsed.success) return [id];
  const { statusCode, headers, multiValueHeaders, body, isBase64Encoded } = parsed.data;
  const flat = flatHeaders(headers ?? {}, multiValueHeaders ?? {}, openToPages);
  return [id, statusCode, flat, body ?? '', isBase64Encoded === true];
}

/** Names and values in turn. A name in both lists has the values of the multi-value one, as API Gateway merges them. */
function flatHeaders(
  single: Readonly<Record<string, string | number | boolean>>,
  multi: Readonly<Record<string, readonly (string | number | boolean)[]>>,
  openToPages: boolean,
): string[] {
  const flat: string[] = [];
  const taken = new Set(Object.keys(multi).map((name) => name.toLowerCase()));
  let typed = taken.has('content-type');
  for (const name in single) {
    const lower = name.toLowerCase();
    if (taken.has(lower) || (!openToPages && lower.startsWith('access-control-'))) continue;
    typed ||= lower === 'content-type';
    flat.push(name, String(single[name]));
  }
  for (const name in multi) {
    if (!openToPages && name.toLowerCase().startsWith('access-control-')) continue;
    for (const item of multi[name] ?? []) flat.push(name, String(item));
  }
  if (!typed) flat.push('Content-Type', 'application/json');
  return flat;
}
