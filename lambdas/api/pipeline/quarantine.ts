// GET /quarantine: which batches have rows that were put aside, and with ?batch_id= those rows with their reasons. The raw
// text of a row names a patient, so it is shown to an operator only.
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { MissingObjectError, readObject } from '../../aws/objects.ts';
import { batches } from '../../aws/tracking.ts';
import { type Quarantine, quarantineQuerySchema, quarantineSchema } from '../../core/operations/pipeline.ts';
import { ProblemError } from '../../core/problem/problem.ts';
import { keys } from '../../core/run/keys.ts';
import { json } from '../http/answer.ts';
import { parsed } from '../http/request.ts';
import { operator } from '../registry/operator.ts';

const MAX_ROWS = 1000;
const rowSchema = quarantineSchema.shape.rows.element;

export async function getQuarantine(event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> {
  operator(event);
  const { batch_id = null } = parsed(quarantineQuerySchema, event.queryStringParameters ?? {});
  const [cleaned, lines] = await Promise.all([batches.cleaned(), batch_id === null ? [] : linesOf(batch_id)]);
  const answer: Quarantine = {
    batches: cleaned.map(({ batch_id: id, rows, clean, quarantined }) => ({ batch_id: id, rows, clean, quarantined })),
    batch_id,
    total: lines.length,
    rows: lines.slice(0, MAX_ROWS).map((line) => rowSchema.parse(JSON.parse(line))),
  };
  return json(answer);
}

/** @throws ProblemError 404 for a batch that was never cleaned. */
async function linesOf(batchId: number): Promise<string[]> {
  try {
    const text = new TextDecoder().decode(await readObject(keys.quarantine(batchId)));
    return text.split('\n').filter((line) => line !== '');
  } catch (error) {
    if (!(error instanceof MissingObjectError)) throw error;
    throw new ProblemError('not-found', `There is no cleaned batch ${batchId}; GET /quarantine lists them.`);
  }
}
