// Better than the forest in log loss or AUROC, and in neither is the forest better by its whole interval.
import type { GateCheck } from '../check.ts';
import { changes } from '../words.ts';

export const beatsForest: GateCheck = ({ baselines: { random_forest: forest } }) => {
  if (forest === undefined) return null;
  const logLoss = forest.metrics.log_loss.difference;
  const auroc = forest.metrics.auroc.difference;
  const check = { name: 'beats_random_forest', value: logLoss.value, limit: 0 };
  if (forest.identical) return { ...check, passed: true, text: 'it is the random forest itself' };
  const better = (logLoss.value !== null && logLoss.value < 0) || (auroc.value !== null && auroc.value > 0);
  const surelyWorse = (logLoss.low !== null && logLoss.low > 0) || (auroc.high !== null && auroc.high < 0);
  const passed = better && !surelyWorse;
  const text = `${passed ? 'better' : 'not better'} than the random forest: ${changes(logLoss, auroc)}`;
  return { ...check, passed, text };
};
