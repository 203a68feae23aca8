// The routes of the outcomes function: what became of predictions, and what that says of the model.
import * as z from 'zod';
import { MAX_OUTCOMES, outcomesAnswerSchema, outcomesBodySchema } from '../loop/outcome/report.ts';
import { driftSchema, performanceSchema } from '../loop/performance/answers.ts';
import { dateText, numberText } from './parameters.ts';
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
  'GET /performance': {
    scope: 'read',
    tag: 'Outcomes',
    summary: 'What each version was worth on matured cohorts',
    description: 'Of the predictions of up to 92 UTC days; without a range, of the 30 newest days that are ripe.',
    query: z.object({ from: dateText('First UTC day of predictions'), to: dateText('Last UTC day of predictions') }),
    answer: performanceSchema,
  },
  'GET /drift': {
    scope: 'read',
    tag: 'Outcomes',
    summary: 'How the newest predictions differ from the first ones of their version',
    query: z.object({ days: numberText('Days with predictions in a window; 7 when absent', 7).optional() }),
    answer: driftSchema,
  },
} as const satisfies RouteGroup;
