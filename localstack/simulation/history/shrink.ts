// The shortest history found that still fails: steps are left out, waits are made plain, faults are spared, one at a time.
import type { ToldResult } from '../protocol.ts';
import type { History } from './actions.ts';

export type Play = (history: History) => Promise<ToldResult>;

export interface Failing {
  readonly history: History;
  readonly result: ToldResult;
}

/** @param budget histories that may be played for it */
export async function shrink(failing: Failing, play: Play, budget = 150): Promise<Failing> {
  let best = failing;
  let left = budget;
  const attempt = async (history: History): Promise<boolean> => {
    if (left-- <= 0) return false;
    const result = await play(history);
    if (result.violation?.invariant !== failing.result.violation?.invariant) return false;
    best = { history, result };
    return true;
  };
  for (let changed = true; changed && left > 0; ) {
    changed = false;
    for (const { id } of [...best.history.steps].reverse()) {
      const steps = best.history.steps.filter((step) => step.id !== id);
      if (steps.length > 0 && (await attempt({ ...best.history, steps }))) changed = true;
    }
    for (const fault of best.result.faults) {
      const name = fault.slice(0, fault.lastIndexOf(':'));
      if (await attempt({ ...best.history, spared: [...best.history.spared, name] })) changed = true;
    }
  }
  for (const { id, until } of best.history.steps) {
    if (until === 'all') continue;
    const plain = {
      ...best.history,
      steps: best.history.steps.map((s) => (s.id === id ? { ...s, until: 'all' as const } : s)),
    };
    await attempt(plain);
  }
  return best;
}
