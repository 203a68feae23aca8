// Bundles: columns that vary together joined losslessly into one byte a row, the code of their observed combination.
// Fewer bytes a row means fewer histogram updates (a lossless kin of the exclusive feature bundling of Ke et al. 2017).
import { CODES } from './kernels.ts';

export interface Bundle {
  /** Ascending. */
  readonly columns: readonly number[];
  /** Codes in use, <= 256. */
  readonly codes: number;
  /** The bin that a code stands for, one table a column; in one-column bundles code = bin. */
  readonly binOf: readonly Uint8Array[];
  /** A code a row. */
  readonly rows: Uint8Array;
}

interface Draft {
  columns: number[];
  codes: number;
  rows: Uint8Array;
  sample: Uint8Array;
  sampleCodes: number;
}

/** Rows that combinations are first counted on. */
const SAMPLE = 4096;
/** Bundles that a column is tried on in full. */
const TRIES = 8;

/** Joins columns greedily, widest first, each to the bundle whose combinations grow least; `bins[c]` counts bins, `column(c)` its rows. */
export function makeBundles(bins: readonly number[], column: (index: number) => Uint8Array, rows: number): Bundle[] {
  const order = Array.from(bins.keys()).sort((a, b) => bins[b] - bins[a] || a - b);
  const table = new Int32Array(CODES * CODES);
  const step = Math.max(1, Math.floor(rows / SAMPLE));
  const drafts: Draft[] = [];
  let stamp = 0;
  for (const index of order) {
    const own = column(index);
    const ownSample = everyNth(own, step);
    const partners = drafts
      .map((draft) => {
        stamp += 1;
        return { draft, found: combinations(draft.sample, ownSample, table, stamp) };
      })
      .filter(({ draft, found }) => (found * draft.codes) / draft.sampleCodes <= CODES)
      .sort((a, b) => a.found / a.draft.sampleCodes - b.found / b.draft.sampleCodes)
      .slice(0, TRIES);
    const partner = partners.find(({ draft }) => join(draft, index, own));
    if (partner === undefined) {
      drafts.push({
        columns: [index],
        codes: bins[index],
        rows: own,
        sample: ownSample,
        sampleCodes: new Set(ownSample).size,
      });
    } else {
      partner.draft.sample = everyNth(partner.draft.rows, step);
      partner.draft.sampleCodes = partner.found;
    }
  }
  return drafts.map((draft) => finish(draft, column));
}

function everyNth(codes: Uint8Array, step: number): Uint8Array {
  const sample = new Uint8Array(Math.ceil(codes.length / step));
  for (let each = 0; each < sample.length; each += 1) sample[each] = codes[each * step];
  return sample;
}

/** Distinct pairs, counted up to 257; `seen` is marked with the stamp. */
function combinations(codes: Uint8Array, own: Uint8Array, seen: Int32Array, stamp: number): number {
  let found = 0;
  for (let row = 0; row < codes.length && found <= CODES; row += 1) {
    const pair = codes[row] * CODES + own[row];
    if (seen[pair] !== stamp) {
      seen[pair] = stamp;
      found += 1;
    }
  }
  return found;
}

/** Joins when all rows' combinations fit a byte; says whether they did. */
function join(draft: Draft, index: number, own: Uint8Array): boolean {
  const codeOf = new Uint16Array(CODES * CODES);
  const joined = new Uint8Array(own.length);
  let codes = 0;
  for (let row = 0; row < own.length; row += 1) {
    const pair = draft.rows[row] * CODES + own[row];
    if (codeOf[pair] === 0) {
      if (codes === CODES) return false;
      codes += 1;
      codeOf[pair] = codes;
    }
    joined[row] = codeOf[pair] - 1;
  }
  draft.columns.push(index);
  draft.codes = codes;
  draft.rows = joined;
  return true;
}

function finish(draft: Draft, column: (index: number) => Uint8Array): Bundle {
  const columns = [...draft.columns].sort((a, b) => a - b);
  const binOf = columns.map((index) => {
    const table = new Uint8Array(CODES);
    if (columns.length === 1) return table.map((_, code) => code);
    const own = column(index);
    for (let row = 0; row < own.length; row += 1) table[draft.rows[row]] = own[row];
    return table;
  });
  return { columns, codes: draft.codes, binOf, rows: draft.rows };
}
