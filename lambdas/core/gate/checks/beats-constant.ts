// Better than no model at all: in both log loss and AUROC.
import type { GateCheck } from '../check.ts';
import { changes } from '../words.ts';

export const beatsConstant: GateCheck = ({ baselines: { constant } }) => {
  const { log_loss, auroc } = constant.metrics;
  const value = log_loss.difference.value;
  const passed = value !== null && value < 0 && auroc.difference.value !== null && auroc.difference.value > 0;
  const text = `${passed ? 'better' : 'not better'} than the constant rate: ${changes(log_loss.difference, auroc.difference)}`;
  return { name: 'beats_constant', passed, value, limit: 0, text };
};
