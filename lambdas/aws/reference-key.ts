// The key that encounter references are hashed with: drawn once for a deployment, in the Registry table.
import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import { settings } from './settings.ts';
import { getItem, putItemIfAbsent } from './tables.ts';

const PK = 'key#encounter_ref';
const SK = 'v1';
const keySchema = z.object({ key: z.instanceof(Uint8Array) });

let known: Uint8Array | null = null;

/** The key, or null where none was drawn yet. */
export async function referenceKey(): Promise<Uint8Array | null> {
  known ??= (await getItem(settings().registryTable, PK, SK, keySchema))?.key ?? null;
  return known;
}

/** The key; drawn now where there is none. Of several that draw at once, one key stays. */
export async function ensuredReferenceKey(): Promise<Uint8Array> {
  const found = await referenceKey();
  if (found !== null) return found;
  await putItemIfAbsent(settings().registryTable, { pk: PK, sk: SK, key: randomBytes(32) });
  const drawn = await referenceKey();
  if (drawn === null) throw new Error('the key of encounter references was drawn and is not there');
  return drawn;
}
