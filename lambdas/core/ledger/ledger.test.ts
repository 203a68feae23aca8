import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashEntry, type LedgerEntry, type LedgerFacts } from './entry.ts';
import { rollbackTarget, servedAt } from './history.ts';
import { LedgerEntryRefusedError, nextEntry } from './next.ts';
import { verifyLedger } from './verify.ts';

const START = Date.parse('2026-11-01T00:00:00.000Z');
const day = (n: number) => new Date(START + n * 86_400_000).toISOString();

function facts(n: number, changes: Partial<LedgerFacts> = {}): LedgerFacts {
  return {
    model: 'diabetic_risk_model',
    alias: 'Production',
    version: n,
    model_sha256: n.toString(16).padStart(64, '0'),
    action: 'promote',
    actor: 'training-pipeline',
    time: day(n),
    reason: 'better in log loss',
    evidence: `s3://bucket/runs/${n}/evaluation.json`,
    ...changes,
  };
}

function ledger(length: number): LedgerEntry[] {
  const entries: LedgerEntry[] = [];
  for (let n = 1; n <= length; n++) entries.push(nextEntry(entries.at(-1) ?? null, facts(n)));
  return entries;
}

const hex = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 64, maxLength: 64 });
const otherValues: { [K in keyof LedgerEntry]: fc.Arbitrary<unknown> } = {
  model: fc.string({ minLength: 1 }),
  alias: fc.string({ minLength: 1 }),
  rev: fc.integer(),
  version: fc.oneof(fc.integer({ min: 1 }), fc.string()),
  model_sha256: hex,
  action: fc.constantFrom('promote', 'rollback'),
  actor: fc.string(),
  time: fc.integer({ min: 0, max: 4e12 }).map((ms) => new Date(ms).toISOString()),
  reason: fc.oneof(fc.string(), fc.constant(null)),
  evidence: fc.string(),
  evidence_sha256: hex,
  manifest_sha256: hex,
  previous_hash: fc.oneof(hex, fc.constant(null)),
  hash: hex,
};

describe('a ledger grown entry by entry', () => {
  it('is valid at any length, and says its head', () => {
    expect(verifyLedger([])).toEqual({ valid: true, entries: 0, head: null });
    const entries = ledger(12);
    expect(verifyLedger(entries)).toEqual({ valid: true, entries: 12, head: entries.at(-1) });
    expect(entries.map((entry) => entry.rev)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  });

  it('survives a round through JSON with keys in any order', () => {
    const stored = ledger(3).map((entry) => Object.fromEntries(Object.entries(entry).reverse()));
    expect(verifyLedger(JSON.parse(JSON.stringify(stored))).valid).toBe(true);
  });

  it('lifts a slightly late clock to the time of the head, and refuses a clock that is far behind', () => {
    const head = nextEntry(null, facts(1));
    const late = nextEntry(head, facts(2, { time: new Date(Date.parse(head.time) - 40).toISOString() }));
    expect(late.time).toBe(head.time);
    expect(verifyLedger([head, late]).valid).toBe(true);
    expect(() => nextEntry(head, facts(2, { time: day(0) }))).toThrow(LedgerEntryRefusedError);
  });

  it('refuses facts of another alias, and malformed ones, naming the field', () => {
    const head = nextEntry(null, facts(1));
    expect(() => nextEntry(head, facts(2, { alias: 'Staging' }))).toThrow('diabetic_risk_model#Staging');
    expect(() => nextEntry(null, facts(1, { model_sha256: 'abc' }))).toThrow('model_sha256');
    expect(() => nextEntry(null, facts(1, { version: 0 }))).toThrow('version');
  });
});

describe('tampering shows', () => {
  it('any single changed field of any entry is found, at that entry', () => {
    const changes = fc
      .constantFrom(...Object.entries(otherValues))
      .chain(([field, values]) =>
        fc.tuple(fc.constant(field), fc.oneof({ weight: 3, arbitrary: values }, fc.anything())),
      );
    const entries: Record<string, unknown>[] = ledger(6);
    fc.assert(
      fc.property(fc.nat({ max: 5 }), changes, (at, [field, value]) => {
        fc.pre(!Object.is(value, entries[at]?.[field]));
        const damaged = entries.map((entry, i) => (i === at ? { ...entry, [field]: value } : entry));
        expect(verifyLedger(damaged)).toMatchObject({ valid: false, rev: at + 1 });
      }),
      { numRuns: 1000 },
    );
  });

  it('a changed field hidden by a new hash is found at the next link', () => {
    const entries = ledger(4);
    const forged = { ...entries[1], ...facts(2), reason: 'forged', rev: 2, previous_hash: entries[0]?.hash ?? null };
    const damaged = entries.map((entry, i) => (i === 1 ? { ...forged, hash: hashEntry(forged) } : entry));
    expect(verifyLedger(damaged)).toMatchObject({ valid: false, rev: 3, problem: 'broken_link' });
  });

  it('a removed entry is a gap, unless it is the tail, which only a known head shows', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 9 }), fc.nat(), (length, n) => {
        const entries = ledger(length);
        const at = n % (length - 1);
        expect(verifyLedger(entries.toSpliced(at, 1))).toMatchObject({ valid: false, rev: at + 1, problem: 'gap' });
        const head = entries[length - 1];
        const truncated = entries.slice(0, -1);
        expect(verifyLedger(truncated).valid).toBe(true);
        expect(verifyLedger(truncated, { expectedHead: head })).toMatchObject({ rev: length, problem: 'truncated' });
      }),
    );
  });

  it('entries in another order are found', () => {
    const entries = ledger(6);
    fc.assert(
      fc.property(fc.shuffledSubarray(entries, { minLength: 6 }), (shuffled) => {
        const same = shuffled.every((entry, i) => entry === entries[i]);
        expect(verifyLedger(shuffled).valid).toBe(same);
      }),
    );
  });

  it('a fork is found: two entries of the same rev', () => {
    const entries = ledger(3);
    const fork = nextEntry(entries[1] ?? null, facts(3, { actor: 'somebody else' }));
    expect(verifyLedger([...entries, fork])).toMatchObject({ valid: false, rev: 3, problem: 'duplicate' });
  });

  it('a whole chain rewritten with fresh hashes is found by a head known from elsewhere', () => {
    const head = ledger(5)[2];
    const rewritten: LedgerEntry[] = [];
    for (let n = 1; n <= 5; n++) rewritten.push(nextEntry(rewritten.at(-1) ?? null, facts(n, { actor: 'forger' })));
    expect(verifyLedger(rewritten).valid).toBe(true);
    expect(verifyLedger(rewritten, { expectedHead: head })).toMatchObject({ rev: 3, problem: 'rewritten' });
  });

  it('time going backwards, a foreign entry and a missing start are named', () => {
    const [first, second] = ledger(2);
    const follow = (changes: Partial<LedgerEntry>) => {
      const entry = { ...facts(2), rev: 2, previous_hash: first?.hash ?? null, ...changes };
      return verifyLedger([first, { ...entry, hash: hashEntry(entry) }]);
    };
    expect(follow({})).toMatchObject({ valid: true });
    expect(follow({ time: day(0) })).toMatchObject({ problem: 'time_backwards', rev: 2 });
    expect(follow({ alias: 'Staging' })).toMatchObject({ problem: 'foreign', rev: 2 });
    expect(verifyLedger([second])).toMatchObject({ problem: 'gap', rev: 1 });
    expect(verifyLedger([first, 'nonsense'])).toMatchObject({ problem: 'malformed', rev: 2 });
  });
});

describe('who served when', () => {
  it('an entry serves from its own time until the next', () => {
    const entries = ledger(3);
    expect(servedAt(entries, '2026-10-31T00:00:00Z')).toBeNull();
    expect(servedAt(entries, day(1))?.version).toBe(1);
    expect(servedAt(entries, '2026-11-03T23:59:59.999+00:00')?.version).toBe(2);
    expect(servedAt(entries, '2030-01-01')?.version).toBe(3);
    expect(() => servedAt(entries, 'yesterday')).toThrow('yesterday');
  });

  it('the second rollback goes further back rather than forth again', () => {
    const entries = ledger(3);
    expect(rollbackTarget(entries)?.version).toBe(2);
    entries.push(nextEntry(entries[2] ?? null, facts(2, { action: 'rollback', time: day(4) })));
    expect(rollbackTarget(entries)?.version).toBe(1);
    entries.push(nextEntry(entries[3] ?? null, facts(1, { action: 'rollback', time: day(5) })));
    expect(rollbackTarget(entries)).toBeNull();
    entries.push(nextEntry(entries[4] ?? null, facts(4, { time: day(6) })));
    expect(rollbackTarget(entries)?.version).toBe(1);
  });
});
