// What became of predictions: reported by callers, kept append-only.
import { settings } from '../../aws/settings.ts';
import { OUTCOMES_ROUTES } from '../../core/routes/outcomes.ts';
import { serve } from '../http/serve.ts';
import { reportOutcomes } from './report.ts';

export const handler = serve(OUTCOMES_ROUTES, settings().authMode, {
  'POST /outcomes': reportOutcomes,
});
