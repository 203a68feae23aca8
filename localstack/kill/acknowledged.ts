// What the running system has acknowledged, to be asked for again after it was killed.

export interface StoredObject {
  readonly key: string;
  readonly sha256: string;
  readonly etag: string | undefined;
  readonly version: string | undefined;
}

export interface Acknowledged {
  /** Hashes of ledger entries that POST /promotions and /rollbacks answered with. */
  readonly entries: string[];
  /** Texts of bearer tokens. */
  readonly tokens: string[];
  readonly objects: StoredObject[];
  /** Keys of files that came through the upload routes, and their sha256. */
  readonly uploads: { readonly key: string; readonly sha256: string }[];
  /** ARNs of started executions. */
  readonly executions: string[];
  /** Names of transactions, each of `CLAIMS` items. */
  readonly claims: string[];
  /** Additions to a counter that were answered, and that were sent. */
  counted: number;
  attempted: number;
  /** All transactions that were sent, answered or not: each must be there whole or not at all. */
  readonly sentClaims: string[];
}

export const CLAIMS = 8;
export const COUNTER = { pk: { S: 'kill-test' }, sk: { S: 'counter' } };

export const nothingYet = (): Acknowledged => ({
  ...{ entries: [], tokens: [], objects: [], uploads: [], executions: [], claims: [], sentClaims: [] },
  ...{ counted: 0, attempted: 0 },
});

export const countOf = (known: Acknowledged): Record<string, number> => ({
  ledger: known.entries.length,
  tokens: known.tokens.length,
  objects: known.objects.length,
  uploads: known.uploads.length,
  executions: known.executions.length,
  transactions: known.claims.length,
  additions: known.counted,
});

export const totalOf = (known: Acknowledged): number => Object.values(countOf(known)).reduce((sum, n) => sum + n, 0);
