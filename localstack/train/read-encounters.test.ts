import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { EXAMPLE_CELLS } from '../../lambdas/core/encounter/fixtures/row.ts';
import { HEADER_COLUMNS } from '../../lambdas/core/encounter/header.ts';
import { readEncounters } from './read-encounters.ts';

const folder = mkdtempSync(join(tmpdir(), 'readmit-train-'));
afterAll(() => rmSync(folder, { recursive: true }));

const rowOf = (cells: Readonly<Record<string, string>>) =>
  HEADER_COLUMNS.map((column) => cells[column] ?? EXAMPLE_CELLS[column]).join(',');

describe('the rows that npm run train fits on', () => {
  it('are those of the chain: the first good row of an encounter, however its id is written', async () => {
    const file = join(folder, 'twice.csv');
    const rows: Readonly<Record<string, string>>[] = [
      { encounter_id: '7', age: 'old' },
      { encounter_id: '7' },
      { encounter_id: '"7"' },
      { encounter_id: '007' },
      { encounter_id: '1234567890123456' },
      { encounter_id: '"1234567890123456"' },
      { encounter_id: '8', discharge_disposition_id: '11' },
      { encounter_id: '8' },
    ];
    writeFileSync(file, `${[HEADER_COLUMNS.join(','), ...rows.map(rowOf)].join('\n')}\n`);
    const { train, validation, test, ...counts } = await readEncounters(file, 'salt');
    expect(train.rows + validation.rows + test.rows).toBe(2);
    expect(counts).toEqual({ quarantined: 1, duplicates: 4, ineligible: 1, readAs: 'comma-separated UTF-8' });
  });
});
