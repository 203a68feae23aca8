// GET /quarantine: which batches have rows that were put aside, and with ?batch_id= those rows with their reasons. The raw
// text of a row names a patient, so it is shown to an operator only.
import { MissingObjectError, readObject } from '../../aws/objects.ts';
import { batches } from '../../aws/tracking.ts';
import { type Quarantine, quarantineSchema } from '../../core/operations/pipeline.ts';
import { ProblemError } from '../../core/problem/problem.ts';
import type { PIPELINE_ROUTES } from '../../core/routes/pipeline.ts';
import { keys } from '../../core/run/keys.ts';
import type { RequestOf } from '../http/handler.ts';

type Read = (typeof PIPELINE_ROUTES)['GET /quarantine'];

const MAX_ROWS = 1000;
const rowSchema = quarantineSchema.shape.rows.element;

export async function getQuarantine({ query }: RequestOf<Read>): Promise<Quarantine> {
  const { batch_id = null } = query;
  const [cleaned, lines] = await Promise.all([batches.cleaned(), batch_id === null ? [] : linesOf(batch_id)]);
  return {
    batches: cleaned.map(({ batch_id: id, rows, clean, quarantined }) => ({ batch_id: id, rows, clean, quarantined })),
    batch_id,
    total: lines.length,
    rows: lines.slice(0, MAX_ROWS).map((line) => rowSchema.parse(JSON.parse(line))),
  };
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
