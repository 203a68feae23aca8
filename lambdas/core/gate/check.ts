// One question of the gate: a function of what was measured, answered with a figure, a limit and a sentence.

import * as z from 'zod';
import type { GateInput } from './input.ts';
import type { GateLimits } from './limits.ts';

export const checkSchema = z.object({
  name: z.string(),
  passed: z.boolean(),
  /** What was measured and what it was held against; null where there is no single number. */
  value: z.number().nullable(),
  limit: z.number().nullable(),
  text: z.string(),
  /**
   * What a no means. Absent: the challenger is not good enough. data: the rows are not to be trusted, whatever was learned from
   * them. superior, refresh: this reason to replace the champion was not found; one of the two is enough.
   */
  asks: z.enum(['data', 'superior', 'refresh']).optional(),
});
export type Check = Readonly<z.infer<typeof checkSchema>>;

/** Null when the question does not arise, such as a comparison with a champion that there is not. */
export type GateCheck = (input: GateInput, limits: GateLimits) => Check | null;

/** A check that reads nothing but how the rows came to be. */
export type DataCheck = (input: Pick<GateInput, 'data'>, limits: GateLimits) => Check | null;
