// How the rows came to be what was trained and measured on: what was set aside of the batches that the champion did not have.
import * as z from 'zod';
import { readJson, readObject } from '../../aws/objects.ts';
import { batches } from '../../aws/tracking.ts';
import type { Evaluation } from '../../core/evaluation/schema.ts';
import type { DataFacts } from '../../core/gate/data-facts.ts';
import { ASKED_COLUMNS, type AsideRow, summarizeSetAside } from '../../core/gate/set-aside.ts';
import { keys } from '../../core/run/keys.ts';
import type { Plan } from '../../core/run/plan.ts';
import type { Champion } from './champion.ts';
import type { StoredModel } from './scored.ts';

const profileSchema = z.object({
  rows: z.number(),
  columns: z.record(z.string(), z.looseObject({ levels: z.array(z.tuple([z.string(), z.number()])).optional() })),
});
const asideSchema = z.object({
  reason: z.string(),
  field: z.string().nullable(),
  message: z.string(),
  raw: z.string(),
  standard: z.string().optional(),
});

export async function readDataFacts(
  plan: Plan,
  challenger: StoredModel & { readonly evaluation: Evaluation },
  champion: Champion | null,
): Promise<DataFacts> {
  const { evaluation, signature } = challenger;
  return {
    train: countOf(signature),
    test: { rows: evaluation.rows, positives: evaluation.positives },
    championTrain: champion === null ? null : countOf(champion.stored.signature),
    setAside: await readSetAside(plan, champion?.plan ?? null),
  };
}

const countOf = ({ training_data: { rows, positives } }: StoredModel['signature']) => ({ rows, positives });

export async function readSetAside(plan: Plan, before: Plan | null): Promise<DataFacts['setAside']> {
  const known = new Set(before?.batches.map(({ batch_id }) => batch_id));
  const ids = new Set(plan.batches.map(({ batch_id }) => batch_id).filter((id) => !known.has(id)));
  const kept = new Map(Object.values(ASKED_COLUMNS).map((column) => [column, new Map<string, number>()]));
  const aside: AsideRow[] = [];
  let clean = 0;
  for (const batch of (await batches.cleaned()).filter(({ batch_id }) => ids.has(batch_id))) {
    clean += batch.clean;
    const profile = await readJson(keys.profile(batch.batch_id), profileSchema);
    for (const [column, levels] of kept) {
      for (const [level, rows] of profile.columns[column]?.levels ?? [])
        levels.set(level, (levels.get(level) ?? 0) + rows);
    }
    if (Object.keys(batch.quarantined).length > 0) aside.push(...(await asideRows(batch.batch_id)));
  }
  return summarizeSetAside(clean, Object.fromEntries(kept), aside);
}

async function asideRows(batchId: number): Promise<AsideRow[]> {
  const text = new TextDecoder().decode(await readObject(keys.quarantine(batchId)));
  return text.split('\n').flatMap((line) => (line === '' ? [] : [asideSchema.parse(JSON.parse(line))]));
}

/** Eligible test rows by batch. */
export async function testRowsByBatch(): Promise<ReadonlyMap<number, number>> {
  return new Map((await batches.cleaned()).map(({ batch_id, splits }) => [batch_id, splits.test]));
}
