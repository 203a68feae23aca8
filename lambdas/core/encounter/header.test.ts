import { expect, test } from 'vitest';
import { checkHeader, HEADER_COLUMNS, HeaderMismatchError } from './header.ts';

const header = HEADER_COLUMNS.join(',');
const check = (text: string) => checkHeader(Buffer.from(text), HEADER_COLUMNS);

test('the header of the dataset passes, also with a byte order mark, a carriage return or quotes', () => {
  const quoted = HEADER_COLUMNS.map((name) => `"${name}"`).join(',');
  for (const text of [header, `\uFEFF${header}`, `${header}\r`, quoted]) expect(() => check(text)).not.toThrow();
});

test.each([
  [header.replace('race', 'sex'), 'column 3 of the header is "sex", expected "race"'],
  [header.replace(',readmitted', ''), 'column 50 of the header is missing, expected "readmitted"'],
  [`${header},cost`, 'the header has 51 columns, expected 50: column 51 is "cost"'],
  ['', 'column 1 of the header is "", expected "encounter_id"'],
])('a header that deviates is refused with the first column that does: %#', (text, message) => {
  expect(() => check(text)).toThrow(new HeaderMismatchError(message));
});
