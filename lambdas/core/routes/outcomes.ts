// The routes of the outcomes function: what became of predictions.
import { MAX_OUTCOMES, outcomesAnswerSchema, outcomesBodySchema } from '../loop/outcome/report.ts';
import type { RouteGroup } from './route.ts';

export const OUTCOMES_ROUTES = {
  'POST /outcomes': {
    scope: 'outcomes',
    tag: 'Outcomes',
    summary: 'Report who came back within 30 days',
    description:
      'One or many. Sending one again changes nothing; a correction is one more revision. Dates out of order refuse the whole report, by field.',
    body: { schema: outcomesBodySchema, maxCharacters: MAX_OUTCOMES * 512 },
    answer: outcomesAnswerSchema,
  },
} as const satisfies RouteGroup;
