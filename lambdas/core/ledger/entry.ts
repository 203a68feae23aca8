// One entry of the ledger: which model version an alias points to from a given time on, by whom and why.

import * as z from 'zod';
import { canonicalJson, sha256Hex } from '../canonical.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** What the caller knows of a change of the pointer. `time` is UTC with milliseconds, as Date.toISOString writes it. */
export const ledgerFactsSchema = z.strictObject({
  model: z.string().min(1),
  alias: z.string().min(1),
  version: z.int().positive(),
  model_sha256: sha256,
  /** hold and release name the version that serves and change nothing about it. */
  action: z.enum(['promote', 'rollback', 'hold', 'release']),
  actor: z.string().min(1),
  time: z.iso.datetime({ precision: 3 }),
  reason: z.string().min(1),
  /** Of a promotion by the pipeline: which of the gate's stated reasons it was. */
  kind: z.enum(['first', 'superior', 'refresh']).optional(),
  /** Of a hold: when it ends by itself; it stands until released where this is absent. */
  until: z.iso.datetime({ precision: 3 }).optional(),
  /** Key of what justified the change, such as the evaluation of the run. */
  evidence: z.string().min(1),
  /** sha256 of the object that `evidence` names. */
  evidence_sha256: sha256.optional(),
  /** sha256 of models/<model_sha256>/manifest.json, which holds those of all other files of the model and of its data. */
  manifest_sha256: sha256.optional(),
});

/** `previous_hash` is null for rev 1 only; `hash` covers every other field, `previous_hash` included. */
export const ledgerEntrySchema = ledgerFactsSchema.extend({
  rev: z.int().positive(),
  previous_hash: sha256.nullable(),
  hash: sha256,
});

export type LedgerFacts = Readonly<z.infer<typeof ledgerFactsSchema>>;
export type LedgerEntry = Readonly<z.infer<typeof ledgerEntrySchema>>;

/** sha256 of the canonical JSON of the entry without its `hash`. */
export function hashEntry(entry: Omit<LedgerEntry, 'hash'> & { readonly hash?: string }): string {
  const { hash: _, ...rest } = entry;
  return sha256Hex(canonicalJson(rest));
}
