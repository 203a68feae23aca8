// The error that the gate may still make on these test rows: each decision spends a share of what is left, new patients bring some back.

import * as z from 'zod';

/** One decision's spending, in the order in which decisions were taken. */
export const spendingSchema = z.object({
  decision: z.int().positive(),
  /** What was decided: the key of its evidence. The same decision taken again spends nothing more. */
  evidence: z.string(),
  /** Most patients among the test rows so far, and those of them that joined since the decision before. */
  patients: z.int().min(0),
  joined: z.int().min(0),
  /** One-sided level at which this decision tests for superiority. */
  level: z.number().min(0),
  /** What is left for the next one while nobody joins. */
  left: z.number().min(0),
});
export type Spending = Readonly<z.infer<typeof spendingSchema>>;

export interface Budget {
  /** Probability of a false superior promotion in all decisions on the same test rows together. */
  readonly total: number;
  /** Share of what is left that one decision spends. */
  readonly share: number;
}

/**
 * Alpha spending (Lan and DeMets 1983) over decisions instead of looks: the levels are fixed before the test rows are
 * looked at, and their sum stays below `total` for any number of decisions, so Bonferroni's inequality bounds the family
 * whatever the decisions share. A decision after which a share s of the test patients is new brings back s x total, at
 * most up to total: the sum of all levels stays below total x (1 + the sum of those shares).
 * @param before the newest spending, or null before the first decision
 */
export function spend(before: Spending | null, evidence: string, patients: number, budget: Budget): Spending {
  if (before !== null && before.evidence === evidence) return before;
  const most = Math.max(patients, before?.patients ?? 0);
  const joined = before === null ? 0 : most - before.patients;
  const brought = most === 0 ? 0 : (budget.total * joined) / most;
  const available = before === null ? budget.total : Math.min(budget.total, before.left + brought);
  const level = available * budget.share;
  return { decision: (before?.decision ?? 0) + 1, evidence, patients: most, joined, level, left: available - level };
}
