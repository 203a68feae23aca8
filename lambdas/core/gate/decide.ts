// The gate: whether a challenger may replace the champion. Every check of the list is asked; one no is a no.

import type { PairedComparison } from '../evaluation/schema.ts';
import type { GateDecision } from './decision.ts';
import type { GateInput } from './input.ts';
import { GATE_LIMITS, type GateLimits } from './limits.ts';
import { CHECKS } from './list.ts';
import { changes, withInterval } from './words.ts';

/** The first model has to pass the absolute checks and beat the baselines; later ones the champion as well. */
export function decideGate(input: GateInput, limits: GateLimits = GATE_LIMITS): GateDecision {
  const checks = CHECKS.flatMap((check) => check(input, limits) ?? []);
  const leak = checks.find(({ name, passed }) => name === 'leak' && !passed);
  if (leak !== undefined) return { promote: false, outcome: 'leak', reason: leak.text, checks };
  if (input.champion?.paired.identical === true) {
    const reason = 'unchanged: it gives every test row the probability that the champion gives';
    return { promote: false, outcome: 'unchanged', reason, checks };
  }
  const failed = checks.filter(({ passed }) => !passed);
  if (failed.length > 0) {
    return { promote: false, outcome: 'reject', reason: failed.map(({ text }) => text).join('; '), checks };
  }
  return { promote: true, outcome: 'promote', reason: praise(input, input.champion?.paired ?? null), checks };
}

function praise({ challenger: { metrics } }: GateInput, paired: PairedComparison | null): string {
  const worth = `AUROC ${withInterval(metrics.auroc)}, log loss ${withInterval(metrics.log_loss)}`;
  if (paired === null) return `no champion to compare with: it passes every check with ${worth}`;
  const { log_loss, auroc } = paired.metrics;
  return `better than the champion: ${changes(log_loss.difference, auroc.difference)}, now ${worth}`;
}
