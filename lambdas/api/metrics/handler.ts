// GET /metrics: the state of the service as Prometheus text, the same whichever environment answers.
import { ticks } from '../../aws/clock.ts';
import { settings } from '../../aws/settings.ts';
import { acceptedFormat } from '../../core/exposition/accept.ts';
import { familiesOf } from '../../core/exposition/families.ts';
import { CONTENT_TYPES, renderFamilies } from '../../core/exposition/text.ts';
import { METRICS_ROUTES } from '../../core/routes/metrics.ts';
import { text } from '../http/answer.ts';
import { header } from '../http/header.ts';
import { serve } from '../http/serve.ts';
import { Cached } from './cached.ts';
import { readSnapshot } from './snapshot.ts';

/** Scrapers within it share one reading. */
const TTL_MS = 2000;
const snapshot = new Cached(readSnapshot, TTL_MS, ticks);

export const handler = serve(METRICS_ROUTES, settings().authMode, {
  'GET /metrics': async ({ event }) => {
    const format = acceptedFormat(header(event, 'accept'));
    return text(renderFamilies(familiesOf(await snapshot.get()), format), CONTENT_TYPES[format]);
  },
});
