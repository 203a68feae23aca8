import { expect, test } from 'vitest';
import { FIELD_LIST, sourceColumn } from '../../../../lambdas/core/encounter/fields/index.ts';
import { encounterLine, parseRow } from '../../../../lambdas/core/encounter/fixtures/encounter-line.ts';
import { HEADER_COLUMNS } from '../../../../lambdas/core/encounter/header.ts';
import { check, draftOf } from '../draft.ts';
import { readEncounters } from './encounters.ts';

const line = encounterLine({ max_glu_serum: '?', diag_2: '', race: '?' });
const file = (header: readonly string[]) => `${header.join(',')}\r\n${line}\r\n`;

test('a row of the source dataset is read as the chain reads it', () => {
  const table = readEncounters(file(HEADER_COLUMNS));
  const parsed = parseRow(Buffer.from(line));
  const checked = check(draftOf(table.bodies[0]));
  expect(table).toMatchObject({ missing: [], ids: ['1001'] });
  expect(checked.ok && parsed.ok && checked.encounter).toEqual(parsed.ok && parsed.row.encounter);
});

test("the API's own names do as well, and a column that is needed and not there is named", () => {
  const own = new Map(FIELD_LIST.map((field) => [sourceColumn(field), field.name]));
  const names = HEADER_COLUMNS.map((column) => own.get(column) ?? column);
  expect(readEncounters(file(names))).toEqual(readEncounters(file(HEADER_COLUMNS)));
  const { missing } = readEncounters(file(names.map((name) => name.replace('insulin', 'insulina'))));
  expect(missing.map(({ name }) => name)).toEqual(['insulin']);
});
