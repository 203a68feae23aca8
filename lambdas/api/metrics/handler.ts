// GET /metrics: the state of the service as Prometheus text, the same whichever environment answers.
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { ticks } from '../../aws/clock.ts';
import { acceptedFormat } from '../../core/exposition/accept.ts';
import { familiesOf } from '../../core/exposition/families.ts';
import { CONTENT_TYPES, renderFamilies } from '../../core/exposition/text.ts';
import { text } from '../http/answer.ts';
import { header } from '../http/request.ts';
import { serve } from '../http/routes.ts';
import { Cached } from './cached.ts';
import { readSnapshot } from './snapshot.ts';

/** Scrapers within it share one reading. */
const TTL_MS = 2000;
const snapshot = new Cached(readSnapshot, TTL_MS, ticks);

export const handler = serve({
  'GET /metrics': async (event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> => {
    const format = acceptedFormat(header(event, 'accept'));
    return text(renderFamilies(familiesOf(await snapshot.get()), format), CONTENT_TYPES[format]);
  },
});
