import { beforeEach, expect, test } from 'vitest';
import type { LedgerEntry } from '../../core/ledger/entry.ts';
import { TamperedLedgerError } from '../../core/ledger/head.ts';
import { nextEntry } from '../../core/ledger/next.ts';
import { Champion } from './champion.ts';
import type { ServedModel } from './model.ts';

let ledger: LedgerEntry[] = [];
let time = 0;
let reads = 0;
let unreachable = false;
let silent = false;
let tampered: string | null = null;
let broken = new Set<number>();

function promote(version: number): void {
  ledger.push(
    nextEntry(ledger.at(-1) ?? null, {
      ...{ model: 'm', alias: 'Production', version, model_sha256: version.toString(16).padStart(64, '0') },
      ...{ action: 'promote', actor: 'a', time: '2026-01-01T00:00:00.000Z', reason: 'r', evidence: 'e' },
    }),
  );
}

function open(): Champion {
  return new Champion({
    readHead: async () => {
      reads += 1;
      if (silent) await new Promise(() => {});
      if (unreachable) throw new Error('no route to the registry');
      if (tampered !== null) throw new TamperedLedgerError(tampered);
      return ledger.at(-1) ?? null;
    },
    load: async (entry) => {
      if (broken.has(entry.version)) throw new Error('a byte is flipped');
      return served(entry);
    },
    ticks: () => time,
    timeToLiveMs: 15_000,
    patienceMs: 50,
  });
}

function served(entry: LedgerEntry): ServedModel {
  const never = () => {
    throw new Error('not asked for here');
  };
  const signature = {
    ...{ model_name: 'm', algorithm: 'constant', run_id: 'r', features: [], features_sha256: '' },
    ...{ threshold: { policy: 'top_share' as const, share: 0.1, value: 0.2 } },
    ...{
      training_data: { dataset: { name: 'diabetes-130', synthetic: false }, dataset_sha256: '', rows: 1, positives: 0 },
      seen: {},
      score_quantiles: [],
      reliability: [],
    },
  };
  const methods = { score: never, warnings: never, explain: never, release: async () => {} };
  return { entry, signature, version: String(entry.version), ...methods };
}

const versionOf = async (champion: Champion) => (await champion.current())?.version ?? null;

beforeEach(() => {
  ledger = [];
  time = 0;
  reads = 0;
  unreachable = false;
  silent = false;
  tampered = null;
  broken = new Set();
});

test('the first request waits for the model; the following ones do not ask the registry', async () => {
  promote(1);
  const champion = open();
  expect(await versionOf(champion)).toBe('1');
  time = 7000;
  for (let i = 0; i < 100; i++) expect(champion.current()).toMatchObject({ version: '1' });
  expect(reads).toBe(1);
});

test('past half of its time to live the pointer is read beside the request, which is answered at once', async () => {
  promote(1);
  const champion = open();
  await champion.current();
  promote(2);
  time = 8000;
  expect(champion.current()).toMatchObject({ version: '1' });
  await champion.refresh();
  expect(champion.current()).toMatchObject({ version: '2' });
});

test('after an idle time no request is answered by a model that was replaced long ago', async () => {
  promote(1);
  const champion = open();
  await champion.current();
  promote(2);
  time = 3_600_000;
  expect(await versionOf(champion)).toBe('2');
});

test('a reading that was frozen with its Lambda answers nobody: the request after the thaw waits for a new one', async () => {
  promote(1);
  const heads: ((head: LedgerEntry | null) => void)[] = [];
  const champion = new Champion({
    readHead: () => new Promise((resolve) => heads.push(resolve)),
    load: async (entry) => served(entry),
    ticks: () => time,
    timeToLiveMs: 15_000,
    patienceMs: 1000,
  });
  const first = champion.current();
  heads[0]?.(ledger.at(-1) ?? null);
  expect((await first)?.version).toBe('1');
  const beforeFreeze = ledger.at(-1) ?? null;
  time = 8000;
  champion.current(); // a reading begins beside the request, then Lambda freezes the process
  promote(2);
  time = 3_600_000;
  const afterThaw = champion.current();
  heads[1]?.(beforeFreeze);
  heads[2]?.(ledger.at(-1) ?? null);
  expect((await afterThaw)?.version).toBe('2');
  expect(heads).toHaveLength(3);
  expect((await champion.current())?.version).toBe('2');
});

test('requests that come together share one reading', async () => {
  promote(1);
  const champion = open();
  await Promise.all(Array.from({ length: 20 }, () => champion.current()));
  expect(reads).toBe(1);
});

test('a broken model is refused and named; the last good one keeps serving until a good one is promoted', async () => {
  promote(1);
  const champion = open();
  await champion.current();
  promote(2);
  broken.add(2);
  await champion.refresh();
  expect(await versionOf(champion)).toBe('1');
  expect(champion.state().refused).toMatchObject({ version: 2, reason: 'a byte is flipped' });
  promote(3);
  await champion.refresh();
  expect(await versionOf(champion)).toBe('3');
  expect(champion.state().refused).toBeNull();
});

test('a damaged ledger head is named as that, not as a registry that cannot be reached', async () => {
  promote(1);
  const champion = open();
  await champion.current();
  tampered = 'rev 1 was changed by hand';
  await champion.refresh();
  expect(await versionOf(champion)).toBe('1');
  expect(champion.state()).toMatchObject({
    registryConnected: true,
    refused: { version: null, reason: expect.stringContaining('rev 1 was changed by hand') },
  });
  tampered = null;
  await champion.refresh();
  expect(champion.state().refused).toBeNull();
});

test('a deleted head does not bring the older model back: the last good one serves, and the loss is named', async () => {
  promote(1);
  promote(2);
  const champion = open();
  await champion.current();
  const lost = ledger.splice(1);
  await champion.refresh();
  expect(await versionOf(champion)).toBe('2');
  expect(champion.state().refused?.reason).toContain('ends at rev 1, but rev 2 was written');
  ledger = [];
  await champion.refresh();
  expect(champion.state().refused?.reason).toContain('entries were removed');
  ledger = [];
  promote(1);
  ledger.push(...lost);
  await champion.refresh();
  expect(champion.state().refused).toBeNull();
});

test('while the registry is away the last good model serves, without a read for every request', async () => {
  promote(1);
  const champion = open();
  await champion.current();
  unreachable = true;
  time = 20_000;
  expect(await versionOf(champion)).toBe('1');
  for (let i = 0; i < 50; i++) expect(champion.current()).toMatchObject({ version: '1' });
  expect(reads).toBe(2);
  expect(champion.state().registryConnected).toBe(false);
  unreachable = false;
  promote(2);
  time = 40_000;
  expect(await versionOf(champion)).toBe('2');
});

test('while the registry does not answer, one request waits for it, and not for long', async () => {
  promote(1);
  const champion = open();
  await champion.current();
  silent = true;
  time = 20_000;
  expect(await versionOf(champion)).toBe('1');
  expect(champion.current()).toMatchObject({ version: '1' });
  expect(champion.state().registryConnected).toBe(false);
});

test('without a promoted model there is none, and one that is promoted later is found', async () => {
  const champion = open();
  expect(await versionOf(champion)).toBeNull();
  promote(1);
  time = 16_000;
  expect(await versionOf(champion)).toBe('1');
});
