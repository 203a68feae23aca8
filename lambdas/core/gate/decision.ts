// What the gate says: the outcome, the stated reason for the ledger, and every check with its figure.

import * as z from 'zod';
import { spendingSchema } from './budget.ts';
import { checkSchema } from './check.ts';

/** Why a challenger replaces a champion: nothing else does, but an operator. */
export const promotionKindSchema = z.enum(['first', 'superior', 'refresh']);
export type PromotionKind = z.infer<typeof promotionKindSchema>;

export const gateDecisionSchema = z.object({
  promote: z.boolean(),
  /** unchanged: the challenger predicts exactly as the champion. leak: too good to be true, the run must fail. */
  outcome: z.enum(['promote', 'reject', 'unchanged', 'leak']),
  /** Of a promotion. */
  kind: promotionKindSchema.optional(),
  /** The rows were refused, not the model: someone has to look at the file. */
  refused_data: z.boolean().optional(),
  /** One sentence or two for the ledger and the run. */
  reason: z.string().min(1),
  checks: z.array(checkSchema),
  /** The level of this decision, and what is left of the error on these test rows. */
  spending: spendingSchema.optional(),
});
export type GateDecision = Readonly<z.infer<typeof gateDecisionSchema>>;
