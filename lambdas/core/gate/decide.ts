// The gate: whether a challenger may replace the champion, and for which stated reason.

import type { Check } from './check.ts';
import type { GateDecision, PromotionKind } from './decision.ts';
import type { GateInput } from './input.ts';
import { GATE_LIMITS, type GateLimits } from './limits.ts';
import { CHECKS } from './list.ts';
import { withInterval } from './words.ts';

/**
 * Every check of the list is asked; one no is a no. The first model needs nothing more; against a champion it also takes a
 * reason: superior, or else refresh.
 */
export function decideGate(input: GateInput, limits: GateLimits = GATE_LIMITS): GateDecision {
  const checks = CHECKS.flatMap((check) => check(input, limits) ?? []);
  const spent = input.spending === undefined ? {} : { spending: input.spending };
  const common = { promote: false, checks, ...spent };
  const leak = checks.find(({ name, passed }) => name === 'leak' && !passed);
  if (leak !== undefined) return { ...common, outcome: 'leak', reason: leak.text };
  const failed = checks.filter((check) => !check.passed && !isReason(check));
  const data = failed.filter(({ asks }) => asks === 'data');
  if (data.length > 0) {
    return { ...common, outcome: 'reject', refused_data: true, reason: `refused for its data: ${texts(data)}` };
  }
  if (input.champion?.paired.identical === true) {
    const reason = 'unchanged: it gives every test row the probability that the champion gives';
    return { ...common, outcome: 'unchanged', reason };
  }
  if (failed.length > 0) return { ...common, outcome: 'reject', reason: texts(failed) };
  const kind = kindOf(input, checks);
  if (kind === null) return { ...common, outcome: 'reject', reason: texts(checks.filter(isReason)) };
  return { ...common, promote: true, outcome: 'promote', kind, reason: praise(kind, input, checks) };
}

const isReason = ({ asks }: Check) => asks === 'superior' || asks === 'refresh';
const texts = (checks: readonly Check[]) => checks.map(({ text }) => text).join('; ');

function kindOf({ champion, incomparable }: GateInput, checks: readonly Check[]): PromotionKind | null {
  if (champion === null && incomparable === undefined) return 'first';
  return (['superior', 'refresh'] as const).find((kind) => found(kind, checks) !== undefined) ?? null;
}

const found = (kind: PromotionKind, checks: readonly Check[]) =>
  checks.find(({ asks, passed }) => asks === kind && passed);

function praise(kind: PromotionKind, { challenger: { metrics } }: GateInput, checks: readonly Check[]): string {
  const worth = `AUROC ${withInterval(metrics.auroc)}, log loss ${withInterval(metrics.log_loss)}`;
  if (kind === 'first') return `first: no champion to compare with; it passes every check with ${worth}`;
  return `${kind}: ${found(kind, checks)?.text}; now ${worth}`;
}
