// POST /outcomes: checks the dates of all, then keeps each under its prediction, or under its encounter's hash.
import { now } from '../../aws/clock.ts';
import { hashReference, type Kept, keepRevision, keepUnmatched, predictionsOfEncounter } from '../../aws/outcomes.ts';
import { recordTexts } from '../../aws/prediction-records.ts';
import { ensuredReferenceKey } from '../../aws/reference-key.ts';
import { outOfOrder } from '../../core/loop/outcome/order.ts';
import type { OutcomesAnswer, Reported } from '../../core/loop/outcome/report.ts';
import { contentOf, type Revision } from '../../core/loop/outcome/revisions.ts';
import { parsePredictionId } from '../../core/loop/record/prediction-id.ts';
import { recordsFrom } from '../../core/loop/record/record.ts';
import { summary } from '../../core/problem/field-errors.ts';
import { ProblemError } from '../../core/problem/problem.ts';
import type { OUTCOMES_ROUTES } from '../../core/routes/outcomes.ts';
import type { RequestOf } from '../http/handler.ts';

type Report = (typeof OUTCOMES_ROUTES)['POST /outcomes'];

export async function reportOutcomes({ body, actor }: RequestOf<Report>): Promise<OutcomesAnswer> {
  const at = now();
  const errors = body.outcomes.flatMap((reported, index) => outOfOrder(reported, index, Date.parse(at)));
  if (errors.length > 0) throw new ProblemError('invalid', summary(errors), errors);

  const answer = { received: body.outcomes.length, recorded: 0, corrected: 0, known: 0 };
  const unknown: number[] = [];
  const idsOf = cached(predictionIdsOf);
  for (const [index, reported] of body.outcomes.entries()) {
    const { kept, matched } = await keep(reported, { actor, recorded_at: at }, idsOf);
    if (!matched) unknown.push(index);
    if (kept === 'known') answer.known += 1;
    else answer.recorded += 1;
    if (kept === 'corrected') answer.corrected += 1;
  }
  return { ...answer, unknown };
}

type IdsOf = (day: string) => Promise<ReadonlySet<string>>;

async function keep(
  reported: Reported,
  by: Pick<Revision, 'actor' | 'recorded_at'>,
  idsOf: IdsOf,
): Promise<{ kept: Kept; matched: boolean }> {
  const { prediction_id, encounter_ref, readmitted, source, observed_at, discharged_at } = reported;
  const utc = (time: string) => new Date(time).toISOString();
  const said = {
    ...{ readmitted, source, ...by },
    observed_at: utc(observed_at),
    discharged_at: discharged_at === undefined ? null : utc(discharged_at),
  };
  const content = contentOf(said);
  const keepUnder = (id: string) => keepRevision(dayOfId(id), content, { prediction_id: id, ...said });
  if (prediction_id !== undefined) {
    const ids = await idsOf(dayOfId(prediction_id));
    return { kept: await keepUnder(prediction_id), matched: ids.has(prediction_id) };
  }
  const encounter = hashReference(await ensuredReferenceKey(), encounter_ref ?? '');
  const predictions = await predictionsOfEncounter(encounter);
  if (predictions.length === 0) return { kept: await keepUnmatched(encounter, content, said), matched: false };
  const kept = await Promise.all(predictions.map(keepUnder));
  return { kept: kept.find((each) => each !== 'known') ?? 'known', matched: true };
}

const dayOfId = (id: string) => parsePredictionId(id)?.day ?? 'undated';

/** Names of all predictions of a UTC day that are recorded. */
async function predictionIdsOf(day: string): Promise<ReadonlySet<string>> {
  return new Set(recordsFrom(await recordTexts(day)).map(({ prediction_id }) => prediction_id));
}

function cached(read: IdsOf): IdsOf {
  const days = new Map<string, Promise<ReadonlySet<string>>>();
  return (day) => {
    const reading = days.get(day) ?? read(day);
    days.set(day, reading);
    return reading;
  };
}
