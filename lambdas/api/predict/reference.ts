// The caller's own reference of an encounter: it leaves the function as a keyed hash only.
import { logLine } from '../../aws/log.ts';
import { hashReference } from '../../aws/outcomes.ts';
import { referenceKey } from '../../aws/reference-key.ts';

/** Null where no reference was sent, or where its key was not drawn yet: then the prediction has its own name alone. */
export async function encounterHash(reference: string): Promise<string | null> {
  const key = await referenceKey().catch((error: unknown) => {
    logLine({ event: 'reference_key_unreadable', error: error instanceof Error ? error.name : 'unknown' });
    return null;
  });
  if (key !== null) return hashReference(key, reference);
  logLine({ event: 'encounter_ref_not_kept', message: 'the key is drawn by the next promotion or POST /outcomes' });
  return null;
}
