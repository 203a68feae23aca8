// The promoted model's own facts; they never change for the same sha256, so they are read once.

import { logLine } from '../../aws/log.ts';
import { MissingObjectError, readObject } from '../../aws/objects.ts';
import { modelVersion } from '../../aws/registry.ts';
import { recordedIdentitySchema } from '../../core/dataset/identity.ts';
import type { ChampionFacts } from '../../core/exposition/snapshot.ts';
import type { LedgerEntry } from '../../core/ledger/entry.ts';
import { DamagedArtifactError } from '../../core/provenance/artifact.ts';
import { verifiedEvaluation } from '../../core/provenance/evaluation.ts';

let known: { readonly sha256: string; readonly facts: ChampionFacts } | undefined;

/** Null while no model is promoted, for one that was never evaluated, and where what is stored is not what was recorded. */
export async function readChampion(head: LedgerEntry | null): Promise<ChampionFacts | null> {
  if (head === null) return null;
  const sha256 = head.model_sha256;
  if (known?.sha256 === sha256) return known.facts;
  try {
    const [version, evaluation] = await Promise.all([modelVersion(head.version), verifiedEvaluation(head, readObject)]);
    if (version === null) return null;
    const facts = {
      algorithm: version.algorithm,
      dataset: recordedIdentitySchema.parse(version.dataset),
      trainedAt: Date.parse(version.created_at),
      evaluation,
    };
    known = { sha256, facts };
    return facts;
  } catch (error) {
    if (error instanceof MissingObjectError) return null;
    if (error instanceof DamagedArtifactError) {
      logLine({ event: 'evaluation_refused', error: error.name, message: error.message });
      return null;
    }
    throw error;
  }
}
