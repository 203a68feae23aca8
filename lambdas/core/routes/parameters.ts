// Parameters of paths and queries: they arrive as text, and the description says what the text must be.
import * as z from 'zod';

/** A number written in digits, without leading zeros. */
export function numberText(description: string, example: number) {
  return z
    .string()
    .regex(/^[1-9][0-9]{0,8}$/, `expected a number such as ${example}`)
    .transform(Number)
    .meta({ description, type: 'integer', minimum: 1, maximum: 999_999_999, pattern: undefined });
}

export function flagText(description: string) {
  return z.enum(['true', 'false']).default('false').meta({ description });
}

export function timeText(description: string) {
  return z.iso
    .datetime({ offset: true, error: 'expected a time such as 2026-11-01T00:00:00Z' })
    .meta({ description })
    .optional();
}

export function dateText(description: string) {
  return z.iso.date({ error: 'expected a date such as 2026-11-01' }).meta({ description }).optional();
}
