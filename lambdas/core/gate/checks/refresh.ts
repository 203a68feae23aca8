// Refresh: the champion has become old, or was trained on little of what there is by now, or its probabilities no longer fit.
import type { GateCheck } from '../check.ts';
import type { GateLimits } from '../limits.ts';
import type { RefreshFacts } from '../refresh-facts.ts';
import { withInterval } from '../words.ts';

/** That the challenger is not worse is asked by checks of their own. */
export const refresh: GateCheck = ({ champion, refresh: facts }, limits) => {
  if (champion === null || facts === undefined) return null;
  const grounds = [age(facts, limits), share(facts, limits), drifted(facts, limits)].filter((text) => text !== null);
  const passed = grounds.length > 0;
  const days = `the champion is ${Math.floor(facts.days)} days old`;
  const why = `${days}, was trained on ${facts.rows.champion} of ${facts.rows.challenger} rows, and its calibration holds in newer batches or cannot be told`;
  const text = passed ? `not inferior, and ${grounds.join(', and ')}` : `no ground for a refresh: ${why}`;
  return { name: 'refresh', asks: 'refresh', passed, value: null, limit: null, text };
};

/** An old champion is renewed by new rows; the same rows once more renew nothing. */
function age({ days, rows }: RefreshFacts, { refresh }: GateLimits): string | null {
  if (days <= refresh.days || rows.challenger <= rows.champion) return null;
  return `the champion is ${Math.floor(days)} days old, more than ${refresh.days}, and there are new rows`;
}

function share({ rows }: RefreshFacts, { refresh }: GateLimits): string | null {
  if (rows.champion >= refresh.rowsShare * rows.challenger) return null;
  return `the champion was trained on ${rows.champion} of ${rows.challenger} rows, less than ${100 * refresh.rowsShare} %`;
}

/** The champion's interval lies beyond one and its value beyond the limit, and the challenger comes closer to one. */
function drifted({ newest }: RefreshFacts, { refresh }: GateLimits): string | null {
  if (newest === null || newest.rows < refresh.rows || newest.positives < refresh.positives) return null;
  const { champion, challenger } = newest;
  const off = ({ value }: typeof champion) => (value === null ? Number.POSITIVE_INFINITY : Math.abs(Math.log(value)));
  const sure = (champion.low ?? 1) > 1 || (champion.high ?? 1) < 1;
  const outside = sure && off(champion) > Math.log(refresh.observedOverExpected);
  if (!outside || off(challenger) >= off(champion)) return null;
  return `in the ${newest.rows} test rows of newer batches the champion's observed over expected is ${withInterval(champion)}, the challenger's ${withInterval(challenger)}`;
}
