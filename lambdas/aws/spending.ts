// The error that the gate has spent, decision by decision, in the Registry table: beside the ledger of the same model and alias.
import * as z from 'zod';
import type { Spending } from '../core/gate/budget.ts';
import { settings } from './settings.ts';
import { getItem, numberedKey, putAllIfAbsent, queryItems } from './tables.ts';

const spendingSchema: z.ZodType<Spending> = z.object({
  decision: z.number().int().positive(),
  evidence: z.string(),
  patients: z.number(),
  joined: z.number(),
  level: z.number(),
  left: z.number(),
});

const table = () => settings().registryTable;
const key = () => `spending#${settings().modelName}#${settings().modelAlias}`;

/** What the decision with this evidence spent, if it was taken before. */
export function spendingOf(evidence: string): Promise<Spending | null> {
  return getItem(table(), key(), `evidence#${evidence}`, spendingSchema);
}

/** The newest decisions first. */
export function spendings(limit: number): Promise<Spending[]> {
  return queryItems(table(), key(), 'decision#', spendingSchema, { descending: true, limit });
}

/** False when another decision took the number, or this one was taken by now. */
export function saveSpending(spending: Spending): Promise<boolean> {
  return putAllIfAbsent(table(), [
    { pk: key(), sk: numberedKey('decision', spending.decision), ...spending },
    { pk: key(), sk: `evidence#${spending.evidence}`, ...spending },
  ]);
}
