import type { z } from 'zod';
import type { FieldError } from './problem.ts';

/** A schema's complaints about a value as field errors. What the value holds is left out: it may be a patient's. */
export function fieldErrors(error: z.ZodError, value: unknown): FieldError[] {
  return error.issues.flatMap((issue) => {
    const paths = issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
    return paths.map((path) => ({
      pointer: path.map((part) => `/${escapePointer(String(part))}`).join(''),
      field: path.map(String).join('.'),
      detail: isAbsent(value, path) ? `Required. ${issue.message}` : issue.message,
      code: issue.code,
    }));
  });
}

/** A sentence naming the fields, for readers who print only `detail`. */
export function summary(errors: readonly FieldError[]): string {
  const named = errors.slice(0, 5).map(({ field, detail }) => (field === '' ? detail : `${field}: ${detail}`));
  const more = errors.length > named.length ? ` (and ${errors.length - named.length} more)` : '';
  return named.join('; ') + more;
}

function isAbsent(value: unknown, path: readonly PropertyKey[]): boolean {
  let at = value;
  for (const part of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, part)) return true;
    at = Reflect.get(at, part);
  }
  return false;
}

function escapePointer(part: string): string {
  return part.replaceAll('~', '~0').replaceAll('/', '~1');
}
