// Better than the best candidate of a simpler kind in log loss or AUROC, and in neither is that one better by its whole interval:
// what is not has its complexity for nothing. A more complex candidate that is ahead on test rows by chance refuses nobody.
import type { GateCheck } from '../check.ts';
import { strongest } from '../strongest.ts';
import { changes } from '../words.ts';

export const beatsSimplerCandidates: GateCheck = ({ baselines: { simpler = {} } }) => {
  const best = strongest(simpler);
  if (best === null) return null;
  const { name, paired } = best;
  const logLoss = paired.metrics.log_loss.difference;
  const auroc = paired.metrics.auroc.difference;
  const check = { name: 'beats_simpler_candidates', value: logLoss.value, limit: 0 };
  if (paired.identical) return { ...check, passed: true, text: `it predicts as the ${name} does` };
  const better = (logLoss.value !== null && logLoss.value < 0) || (auroc.value !== null && auroc.value > 0);
  const surelyWorse = (logLoss.low !== null && logLoss.low > 0) || (auroc.high !== null && auroc.high < 0);
  const passed = better && !surelyWorse;
  const text = `${passed ? 'better' : 'not better'} than the ${name}: ${changes(logLoss, auroc)}`;
  return { ...check, passed, text };
};
