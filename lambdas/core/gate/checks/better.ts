// Better than the champion in at least one of log loss and AUROC.
import type { GateCheck } from '../check.ts';

export const better: GateCheck = ({ champion }, { gain }) => {
  if (champion === null) return null;
  const logLoss = champion.paired.metrics.log_loss.difference.value;
  const auroc = champion.paired.metrics.auroc.difference.value;
  const passed = (logLoss !== null && logLoss < -gain.logLoss) || (auroc !== null && auroc > gain.auroc);
  const text = `${passed ? 'better' : 'not better'} than the champion by more than ${gain.logLoss} in log loss or ${gain.auroc} in AUROC`;
  return { name: 'better', passed, value: null, limit: null, text };
};
