// What became of predictions: reported by callers, kept append-only, measured when it is asked for.
import { settings } from '../../aws/settings.ts';
import { OUTCOMES_ROUTES } from '../../core/routes/outcomes.ts';
import { serve } from '../http/serve.ts';
import { getDrift } from './drift.ts';
import { getPerformance } from './performance.ts';
import { reportOutcomes } from './report.ts';

export const handler = serve(OUTCOMES_ROUTES, settings().authMode, {
  'POST /outcomes': reportOutcomes,
  'GET /performance': getPerformance,
  'GET /drift': getDrift,
});
