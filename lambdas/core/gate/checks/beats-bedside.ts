// Better than the best score that can be added up at the bedside, in both log loss and AUROC: else nobody needs a model.
import { BEDSIDE_SCORES } from '../../bedside/scores.ts';
import type { GateCheck } from '../check.ts';
import { strongest } from '../strongest.ts';
import { changes } from '../words.ts';

export const beatsBedside: GateCheck = ({ baselines: { bedside = {} } }) => {
  const best = strongest(bedside);
  if (best === null) return null;
  const { log_loss, auroc } = best.paired.metrics;
  const value = log_loss.difference.value;
  const passed = value !== null && value < 0 && auroc.difference.value !== null && auroc.difference.value > 0;
  const title = BEDSIDE_SCORES.find(({ name }) => name === best.name)?.title ?? best.name;
  const text = `${passed ? 'better' : 'not better'} than the best bedside score (${title}): ${changes(log_loss.difference, auroc.difference)}`;
  return { name: 'beats_bedside', passed, value, limit: 0, text };
};
