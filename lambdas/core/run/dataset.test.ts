import { describe, expect, it } from 'vitest';
import { sha256Hex } from '../canonical.ts';
import { DIABETES_130 } from '../dataset/diabetes-130/index.ts';
import { type Cells, encounterRow } from '../encounter/fixtures/encounter-line.ts';
import { encodeTable } from '../encounter/table.ts';
import { loadSplit } from './dataset.ts';
import { partsOf, trainingRowsHash } from './parts.ts';
import { planRun } from './plan.ts';

const part = (cells: Cells) => Buffer.from(encodeTable([encounterRow(cells)], DIABETES_130));
const written = part({});
const parts = { train: sha256Hex(written), validation: sha256Hex('validation'), test: sha256Hex('test') };
const batch = { batch_id: 1, parts };

describe('the rows of a split', () => {
  it('are read when they are those that were cleaned', async () => {
    expect((await loadSplit('train', [batch], async () => written, DIABETES_130)).rows).toBe(1);
  });

  it('are refused by name when a valid Parquet file with other rows stands in their place', async () => {
    const replaced = part({ readmitted: 'NO' });
    await expect(loadSplit('train', [batch], async () => replaced, DIABETES_130)).rejects.toMatchObject({
      name: 'DamagedArtifactError',
      message: expect.stringContaining('clean/split=train/batch_id=1/part.parquet'),
    });
  });
});

describe("the parts of a plan's batches", () => {
  const source = { sha256: sha256Hex('raw'), source_key: 'incoming/a.csv', ids_sha256: sha256Hex('ids'), eligible: 1 };
  const plan = planRun({
    batches: [
      { batch_id: 1, ...source },
      { batch_id: 2, ...source },
    ],
    dataset: DIABETES_130,
    ...{ candidates: [], codeVersion: 'c', splitSalt: 's' },
  });

  it('stand in the order of the plan, whatever order they were cleaned in', () => {
    const second = { batch_id: 2, parts: { ...parts, train: sha256Hex('other') } };
    expect(partsOf(plan, [second, batch])).toEqual([batch, second]);
    expect(trainingRowsHash([batch, second])).not.toBe(trainingRowsHash([batch, { ...second, parts }]));
  });

  it('must be there for every batch', () => {
    expect(() => partsOf(plan, [batch])).toThrow('batch 2 of the plan has no record');
  });
});
