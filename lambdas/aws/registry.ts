// The Registry table: model versions, and the ledger whose head is the pointer to the promoted one.
import * as z from 'zod';
import type { LedgerEntry } from '../core/ledger/entry.ts';
import type { StoredHead } from '../core/ledger/head.ts';
import type { ExpectedHead } from '../core/ledger/verify.ts';
import { settings } from './settings.ts';
import { getItem, numberedKey, putAllIfAbsent, putAndMove, queryItems } from './tables.ts';

/** A registered model version. `sha256` is that of its model.onnx and names its folder models/<sha256>/. */
export const modelVersionSchema = z.object({
  version: z.number().int().positive(),
  sha256: z.string(),
  algorithm: z.string(),
  run_id: z.string(),
  dataset_sha256: z.string(),
  /** Absent where it was registered before that was recorded. */
  dataset: z.object({ name: z.string(), synthetic: z.boolean() }).optional(),
  created_at: z.string(),
});
export type ModelVersion = z.infer<typeof modelVersionSchema>;

/** The model and alias of this deployment, e.g. diabetic_risk_model and Production. */
export function servedModel(): { model: string; alias: string } {
  return { model: settings().modelName, alias: settings().modelAlias };
}

const table = () => settings().registryTable;
const ledgerKey = () => `ledger#${settings().modelName}#${settings().modelAlias}`;
const modelKey = () => `model#${settings().modelName}`;

const MARK = 'head';
const markSchema = z.object({ rev: z.number().int().positive(), hash: z.string() });

/**
 * The ledger's last entry: the pointer, read consistently; null while nothing has been promoted.
 * @param check says whether what is stored is to be believed: verifiedHead
 */
export async function ledgerHead(check: (stored: StoredHead) => LedgerEntry | null): Promise<LedgerEntry | null> {
  // The mark first: an append between the two readings makes the entry the newer one, which is as it should be.
  const mark = await ledgerMark();
  const [entry] = await queryItems(table(), ledgerKey(), 'rev#', z.unknown(), { descending: true, limit: 1 });
  return check({ mark, entry: entry === undefined ? null : withoutKeys(entry) });
}

/** Rev and hash of the last entry that was appended, kept beside the entries: shows that some were removed. */
export function ledgerMark(): Promise<ExpectedHead | null> {
  return getItem(table(), ledgerKey(), MARK, markSchema);
}

/** The entry of this rev, or null. */
export async function ledgerEntry(rev: number, schema: z.ZodType<LedgerEntry>): Promise<LedgerEntry | null> {
  const found = await getItem(table(), ledgerKey(), numberedKey('rev', rev), z.unknown());
  return found === null ? null : schema.parse(withoutKeys(found));
}

/** All entries as they stand, lowest rev first, unparsed so that a damaged one can be reported. */
export async function ledgerEntries(): Promise<unknown[]> {
  return (await queryItems(table(), ledgerKey(), 'rev#', z.unknown())).map(withoutKeys);
}

/** Appends an entry and moves the mark to it, unless its rev is taken; false means that another writer was first. */
export function appendToLedger(entry: LedgerEntry): Promise<boolean> {
  const { rev, hash, previous_hash } = entry;
  return putAndMove(
    table(),
    { pk: ledgerKey(), sk: numberedKey('rev', rev), ...entry },
    { pk: ledgerKey(), sk: MARK, rev, hash },
    { rev: rev - 1, hash: previous_hash },
  );
}

export function modelVersion(version: number): Promise<ModelVersion | null> {
  return getItem(table(), modelKey(), numberedKey('version', version), modelVersionSchema);
}

/** All versions, newest first. */
export function modelVersions(): Promise<ModelVersion[]> {
  return queryItems(table(), modelKey(), 'version#', modelVersionSchema, { descending: true });
}

const ATTEMPTS = 20;

/**
 * Gives a model its version number: the next integer, or the one that the same model got before.
 * @throws RegistryBusyError when twenty attempts in a row lost against other writers.
 */
export async function registerModel(model: Omit<ModelVersion, 'version'>): Promise<ModelVersion> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const known = await getItem(table(), modelKey(), `sha256#${model.sha256}`, modelVersionSchema);
    if (known !== null) return known;
    const [last] = await queryItems(table(), modelKey(), 'version#', modelVersionSchema, {
      descending: true,
      limit: 1,
    });
    const registered: ModelVersion = { ...model, version: (last?.version ?? 0) + 1 };
    const taken = await putAllIfAbsent(table(), [
      { pk: modelKey(), sk: numberedKey('version', registered.version), ...registered },
      { pk: modelKey(), sk: `sha256#${model.sha256}`, ...registered },
    ]);
    if (taken) return registered;
  }
  throw new RegistryBusyError();
}

export class RegistryBusyError extends Error {
  override readonly name = 'RegistryBusyError';
  constructor() {
    super('the registry is busy: other writers took the next version each time; try again');
  }
}

function withoutKeys(item: unknown): unknown {
  const { pk: _pk, sk: _sk, ...rest } = z.record(z.string(), z.unknown()).parse(item);
  return rest;
}
