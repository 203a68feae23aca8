// The log of claims: which batches were taken, withdrawn or replaced, in this order. A batch is one conditional entry: it
// claims its encounters whole or not at all, so that one whose owner died half-way holds nothing and stops nobody.
import * as z from 'zod';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** A run of consecutive lines of one source. */
export const batchFactsSchema = z.object({
  batch_id: z.number().int().positive(),
  source_sha256: z.string(),
  source_key: z.string(),
  ordinal: z.number().int().min(0),
  first_line: z.number().int().min(2),
  rows: z.number().int().min(1),
  bytes: z.number(),
  sha256: z.string(),
});

const seq = z.number().int().positive();

export const takenSchema = batchFactsSchema.extend({
  action: z.literal('taken'),
  seq,
  /** The ids that the batch claims, under `raw/batch_id=N/`, with their range; null for none. */
  ids_sha256: sha256,
  ids: z.object({ count: z.number().int(), min: z.number(), max: z.number() }),
  manifest_sha256: sha256,
  /** Batches that hold encounters of this one's rows: what they lose, this batch may still get. */
  held_by: z.array(z.number()).readonly(),
  /** The batch whose rows these are too; it counts no more. */
  replaces: z.number().nullable(),
  /** Where its rows stand among the others': the id of the first batch that held them. */
  position: z.number(),
});

export const withdrawnSchema = z.object({
  action: z.literal('withdrawn'),
  seq,
  batch_id: z.number().int().positive(),
  reason: z.string(),
  actor: z.string(),
  time: z.string(),
});

export const claimEntrySchema = z.discriminatedUnion('action', [takenSchema, withdrawnSchema]);
export type ClaimEntry = Readonly<z.infer<typeof claimEntrySchema>>;
export type TakenBatch = Readonly<z.infer<typeof takenSchema>>;
export type Withdrawal = Readonly<z.infer<typeof withdrawnSchema>>;

export interface Claims {
  /** Batches that count, by position. */
  readonly live: readonly TakenBatch[];
  /** Batches that were withdrawn and not given again, with the last word on each. */
  readonly withdrawn: readonly { readonly batch: TakenBatch; readonly withdrawal: Withdrawal }[];
  /** Live batches that lost rows to one that is withdrawn: those rows are free for them. */
  readonly orphaned: readonly TakenBatch[];
  readonly byId: ReadonlyMap<number, TakenBatch>;
  /** seq of the last entry; 0 while there is none. */
  readonly last: number;
}

/** @param entries in the order of `seq` */
export function foldClaims(entries: readonly ClaimEntry[]): Claims {
  const byId = new Map<number, TakenBatch>();
  const withdrawals = new Map<number, Withdrawal>();
  const successors = new Map<number, number>();
  for (const entry of entries) {
    if (entry.action === 'withdrawn') withdrawals.set(entry.batch_id, entry);
    else {
      byId.set(entry.batch_id, entry);
      if (entry.replaces !== null) successors.set(entry.replaces, entry.batch_id);
    }
  }
  const standing = [...byId.values()]
    .filter(({ batch_id }) => !successors.has(batch_id))
    .sort((a, b) => a.position - b.position);
  const live = standing.filter(({ batch_id }) => !withdrawals.has(batch_id));
  const newest = (id: number): number => {
    const successor = successors.get(id);
    return successor === undefined ? id : newest(successor);
  };
  return {
    live,
    withdrawn: standing.flatMap((batch) => {
      const withdrawal = withdrawals.get(batch.batch_id);
      return withdrawal ? [{ batch, withdrawal }] : [];
    }),
    // What a batch held, the one in its place holds, or a third that was first.
    orphaned: live.filter(({ held_by }) => held_by.some((id) => withdrawals.has(newest(id)))),
    byId,
    last: entries.at(-1)?.seq ?? 0,
  };
}
