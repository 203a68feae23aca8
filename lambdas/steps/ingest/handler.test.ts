import { describe, expect, it } from 'vitest';
import { cutLinesOf } from '../../core/encounter/lines.ts';
import { requestSchema } from '../../core/run/request.ts';
import { cutBatches, toRawPart } from './batches.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const linesOf = (text: string) => [...cutLinesOf(bytes(text), { line: 2, offset: 0 })];

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

describe('the input of an execution', () => {
  it('trains the three standard candidates unless told otherwise', () => {
    const input = requestSchema.parse({ source: 'incoming/a.csv' });
    expect(input.candidates.map(({ algorithm }) => algorithm)).toEqual([
      'gradient_boosting',
      'random_forest',
      'logistic_regression',
    ]);
  });

  it('refuses a source outside of incoming/ and says where files belong', () => {
    const refused = requestSchema.safeParse({ source: 'models/x.csv' });
    expect(refused.error?.issues[0]?.message).toContain('incoming/');
  });
});
