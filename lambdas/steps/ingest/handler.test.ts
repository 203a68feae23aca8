import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HEADER_COLUMNS } from '../../core/encounter/header.ts';
import { cutLinesOf } from '../../core/encounter/lines.ts';
import { cutBatches, toRawPart } from './batches.ts';
import { claimLines, encounterIdOf } from './claims.ts';
import { EncounterIds } from './encounter-ids.ts';
import { ingestInputSchema } from './input.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const linesOf = (text: string) => [...cutLinesOf(bytes(text), { line: 2, offset: 0 })];
const rowOf = (id: string) => [id, ...HEADER_COLUMNS.slice(1).map(() => 'x')].join(',');

async function* stream<T>(items: readonly T[]) {
  yield* items;
}

const cut = async (rows: number, size: number) => {
  const text = Array.from({ length: rows }, (_, i) => `row ${i}\n`).join('');
  return Array.fromAsync(cutBatches(stream(linesOf(text)), size));
};

describe('cutting a source into batches', () => {
  it('fills every batch but the last, in order, without losing a line', async () => {
    const batches = await cut(7, 3);
    expect(batches.map(({ lines }) => lines.length)).toEqual([3, 3, 1]);
    expect(batches.flatMap(({ lines }) => lines.map((line) => line.line))).toEqual([2, 3, 4, 5, 6, 7, 8]);
  });

  it('knows the last batch even when it is full, so that a complete file is never asked for more', async () => {
    expect((await cut(6, 3)).map(({ last }) => last)).toEqual([false, true]);
    expect((await cut(1, 3)).map(({ last }) => last)).toEqual([true]);
  });

  it('yields nothing for a source without rows', async () => {
    expect(await cut(0, 3)).toEqual([]);
  });

  it('closes a batch early when its lines are huge, so that memory stays bounded', async () => {
    const huge = 'x'.repeat(60_000);
    const text = Array.from({ length: 1200 }, () => `${huge}\n`).join('');
    const batches = await Array.fromAsync(cutBatches(stream(linesOf(text)), 15_000));
    expect(batches.length).toBeGreaterThan(1);
    expect(batches.reduce((sum, { lines }) => sum + lines.length, 0)).toBe(1200);
  });

  it('stores the rows byte for byte under the header', () => {
    const part = toRawPart(bytes('a,b'), linesOf('1,é\r\n2,\n'));
    expect(new TextDecoder().decode(part)).toBe('a,b\n1,é\n2,\n');
  });
});

describe('claiming encounter ids', () => {
  it('names the batch that had an id first, within a batch and across batches', () => {
    const ids = new EncounterIds();
    const first = claimLines(linesOf(`${rowOf('11')}\n${rowOf('12')}\n${rowOf('11')}\n`), 1, ids);
    expect([...first.claimed]).toEqual([11, 12]);
    expect(first.duplicates).toEqual([{ line: 4, first_batch_id: 1 }]);
    const second = claimLines(linesOf(`${rowOf('12')}\n${rowOf('13')}\n`), 2, ids);
    expect(second.duplicates).toEqual([{ line: 2, first_batch_id: 1 }]);
  });

  it('leaves rows without the shape of an encounter to Clean', () => {
    expect(encounterIdOf(bytes('1,2,3'))).toBeNull();
    expect(encounterIdOf(bytes(rowOf('')))).toBeNull();
    expect(encounterIdOf(bytes(rowOf('12a')))).toBeNull();
    expect(encounterIdOf(bytes(rowOf('1234567890123456')))).toBeNull();
    expect(encounterIdOf(bytes(rowOf('149190')))).toBe(149190);
    expect(encounterIdOf(bytes(rowOf('7').replace('x', '"x,y"')))).toBe(7);
  });

  it('is a map: any sequence of ids gives the first batch of each', () => {
    const id = fc.oneof(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 999_999_999_999_999 }));
    fc.assert(
      fc.property(fc.array(fc.tuple(id, fc.integer({ min: 1, max: 9 })), { maxLength: 400 }), (claims) => {
        const ids = new EncounterIds();
        const expected = new Map<number, number>();
        for (const [encounter, batch] of claims) {
          expect(ids.claim(encounter, batch)).toBe(expected.get(encounter) ?? null);
          if (!expected.has(encounter)) expected.set(encounter, batch);
        }
        expect(ids.size).toBe(expected.size);
      }),
    );
  });

  it('grows beyond its first size', () => {
    const ids = new EncounterIds();
    for (let id = 0; id < 20_000; id++) expect(ids.claim(id * 4096, 1)).toBeNull();
    for (let id = 0; id < 20_000; id++) expect(ids.claim(id * 4096, 2)).toBe(1);
  });
});

describe('the input of an execution', () => {
  it('trains the three standard candidates unless told otherwise', () => {
    const input = ingestInputSchema.parse({ source: 'incoming/a.csv' });
    expect(input.candidates.map(({ algorithm }) => algorithm)).toEqual([
      'gradient_boosting',
      'random_forest',
      'logistic_regression',
    ]);
  });

  it('refuses a source outside of incoming/ and says where files belong', () => {
    const refused = ingestInputSchema.safeParse({ source: 'models/x.csv' });
    expect(refused.error?.issues[0]?.message).toContain('incoming/');
  });
});
