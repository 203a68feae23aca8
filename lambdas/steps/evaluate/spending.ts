// Takes the error that one decision may spend, once, in the order of decisions.
import { saveSpending, spendingOf, spendings } from '../../aws/spending.ts';
import { type Spending, spend } from '../../core/gate/budget.ts';
import { GATE_LIMITS } from '../../core/gate/limits.ts';

const ATTEMPTS = 20;

/** A decision that is taken again, by a retry, has spent already. @throws SpendingBusyError when others were faster each time */
export async function takeSpending(evidence: string, patients: number): Promise<Spending> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const known = await spendingOf(evidence);
    if (known !== null) return known;
    const [last] = await spendings(1);
    const spending = spend(last ?? null, evidence, patients, GATE_LIMITS.budget);
    if (await saveSpending(spending)) return spending;
  }
  throw new SpendingBusyError();
}

export class SpendingBusyError extends Error {
  override readonly name = 'SpendingBusyError';
  constructor() {
    super('other executions took the next decision of the gate each time: start this one again');
  }
}
