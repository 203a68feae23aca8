// What the gate says: the outcome, a reason for the ledger, and every check with its figure.

import * as z from 'zod';
import { checkSchema } from './check.ts';

export const gateDecisionSchema = z.object({
  promote: z.boolean(),
  /** unchanged: the challenger predicts exactly as the champion. leak: too good to be true, the run must fail. */
  outcome: z.enum(['promote', 'reject', 'unchanged', 'leak']),
  /** One sentence or two for the ledger and the run. */
  reason: z.string().min(1),
  checks: z.array(checkSchema),
});
export type GateDecision = Readonly<z.infer<typeof gateDecisionSchema>>;
