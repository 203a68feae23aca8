// The promoted model's own facts; they never change for the same sha256, so they are read once.
import { MissingObjectError, readJson } from '../../aws/objects.ts';
import { modelVersion } from '../../aws/registry.ts';
import { evaluationSchema } from '../../core/evaluation/schema.ts';
import type { ChampionFacts } from '../../core/exposition/snapshot.ts';
import type { LedgerEntry } from '../../core/ledger/entry.ts';
import { keys } from '../../core/run/keys.ts';

let known: { readonly sha256: string; readonly facts: ChampionFacts } | undefined;

/** Null while no model is promoted, or for one that was never evaluated. */
export async function readChampion(head: LedgerEntry | null): Promise<ChampionFacts | null> {
  if (head === null) return null;
  const sha256 = head.model_sha256;
  if (known?.sha256 === sha256) return known.facts;
  try {
    const [version, evaluation] = await Promise.all([
      modelVersion(head.version),
      readJson(keys.model(sha256, 'evaluation.json'), evaluationSchema),
    ]);
    if (version === null) return null;
    const facts = { algorithm: version.algorithm, trainedAt: Date.parse(version.created_at), evaluation };
    known = { sha256, facts };
    return facts;
  } catch (error) {
    if (error instanceof MissingObjectError) return null;
    throw error;
  }
}
