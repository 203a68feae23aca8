import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { DIABETES_130 } from '../../lambdas/core/dataset/diabetes-130/index.ts';
import { encounterSchema } from '../../lambdas/core/encounter/contract.ts';
import { featureSet } from '../../lambdas/core/encounter/features/index.ts';
import { cutLinesOf } from '../../lambdas/core/encounter/lines.ts';
import { type CleanRow, rowParser } from '../../lambdas/core/encounter/rows.ts';
import { decodeTable, encodeTable } from '../../lambdas/core/encounter/table.ts';
import { sampleChunks } from './generate.ts';

const { features, write } = featureSet(DIABETES_130);
const parseRow = rowParser(DIABETES_130);
const REAL = process.env.READMIT_DATA ?? '';

test('the features that training reads from a table are those of the same encounters sent as JSON, bit for bit', async () => {
  const rows = rowsOf(Buffer.from([...sampleChunks({ rows: 3000, seed: 5 })].join('')));
  expect(await eligibleRowsCompared(rows)).toBeGreaterThan(2500);
});

test.skipIf(!existsSync(REAL))('and so on every row of the real file', async () => {
  expect(await eligibleRowsCompared(rowsOf(readFileSync(REAL)))).toBe(99_343);
});

/** Compares all rows and gives the number of eligible ones. */
async function eligibleRowsCompared(rows: readonly CleanRow[]): Promise<number> {
  const { encounters, eligible } = await decodeTable(encodeTable(rows, DIABETES_130), DIABETES_130);
  const trained = new Float32Array(features.length);
  const served = new Float32Array(features.length);
  const different: number[] = [];
  for (const [i, { encounter }] of rows.entries()) {
    write(encounters[i], trained, 0);
    write(encounterSchema.parse(JSON.parse(JSON.stringify(encounter))), served, 0);
    if (Buffer.compare(Buffer.from(trained.buffer), Buffer.from(served.buffer)) !== 0) different.push(i);
  }
  expect(different).toEqual([]);
  return eligible.reduce((sum, flag) => sum + flag, 0);
}

function rowsOf(file: Buffer): CleanRow[] {
  return [...cutLinesOf(file)].slice(1).flatMap(({ bytes }) => {
    const parsed = parseRow(bytes);
    return parsed.ok ? [parsed.row] : [];
  });
}
