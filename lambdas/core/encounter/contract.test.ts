import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { encounterSchema, FIELD_LIST, SECTIONS } from './contract.ts';
import { HIGH_RISK_PRESET, LOAD_TEST_PATIENT, LOW_RISK_PRESET } from './examples.ts';

const OPTIONAL = ['max_glu_serum', 'a1c_result', 'diag_2', 'diag_3', 'medical_specialty'];
const without = (key: string) => Object.fromEntries(Object.entries(HIGH_RISK_PRESET).filter(([name]) => name !== key));
const faultyFields = (body: unknown) =>
  encounterSchema.safeParse(body).error?.issues.map((issue) => issue.path.join('.'));

describe('a body of the replaced system', () => {
  const low = { ...LOW_RISK_PRESET, age_bucket: '[70-80)', number_diagnoses: 6, diag_1: '428' };
  const visits = { number_emergency: 1, number_inpatient: 1, discharge_disposition_id: 1 };
  const high = { ...HIGH_RISK_PRESET, ...visits, diag_1: '250.01', diag_2: '428', diag_3: '401' };

  test.each([low, high, LOW_RISK_PRESET, HIGH_RISK_PRESET, LOAD_TEST_PATIENT])(
    'is accepted as it was sent: %#',
    (body) => {
      expect(encounterSchema.parse(body)).toMatchObject(body);
    },
  );

  test('may hold more than the contract names', () => {
    expect(encounterSchema.parse({ ...LOW_RISK_PRESET, weight: 80 })).toEqual(encounterSchema.parse(LOW_RISK_PRESET));
  });
});

describe('what is not known', () => {
  test.each(OPTIONAL)('%s may be null, "?" or left out, all meaning the same', (name) => {
    const open = encounterSchema.parse(without(name));
    expect(encounterSchema.parse({ ...HIGH_RISK_PRESET, [name]: null })).toEqual(open);
    expect(encounterSchema.parse({ ...HIGH_RISK_PRESET, [name]: '?' })).toEqual(open);
  });

  test('a glucose or A1c test without a result was not done', () => {
    const { max_glu_serum, a1c_result } = encounterSchema.parse({
      ...HIGH_RISK_PRESET,
      max_glu_serum: null,
      a1c_result: null,
    });
    expect({ max_glu_serum, a1c_result }).toEqual({ max_glu_serum: 'None', a1c_result: 'None' });
  });

  test('the source files write "?" for an unknown race and primary diagnosis', () => {
    expect(encounterSchema.parse({ ...HIGH_RISK_PRESET, race: '?', diag_1: '?' })).toMatchObject({
      race: 'Unknown',
      diag_1: null,
    });
  });
});

describe('a faulty body', () => {
  const required = FIELD_LIST.filter((field) => field.presence !== 'optional').map((field) => field.name);

  test.each(required)('%s must be there', (name) => {
    expect(faultyFields(without(name))).toEqual([name]);
  });

  const wrong = { choice: 'purple', count: -1, flag: 'yes', diagnosis: 'x1', id: 99, text: '' };
  test.each(FIELD_LIST.map((field) => [field.name, wrong[field.kind]] as const))('%s = %j is named', (name, value) => {
    expect(faultyFields({ ...HIGH_RISK_PRESET, [name]: value })).toEqual([name]);
  });

  test.each([
    ['time_in_hospital', 15],
    ['time_in_hospital', 0],
    ['num_medications', 2.5],
    ['num_medications', '18'],
    ['age_bucket', '70-80'],
    ['diag_1', '0'],
    ['diag_1', '428000'],
    ['diag_2', '250.123'],
    ['medical_specialty', 'a\nb'],
    ['medical_specialty', 'x'.repeat(81)],
  ])('%s = %j is named', (name, value) => {
    expect(faultyFields({ ...HIGH_RISK_PRESET, [name]: value })).toEqual([name]);
  });

  test('whatever is sent, the schema answers', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (body) => {
        expect(encounterSchema.safeParse(body).success).toBe(false);
      }),
    );
  });
});

test.each(['428', '38', '008', '250.83', '250.1', 'V58', 'v45', 'V58.61', 'E885', 'E885.9'])(
  'the ICD-9-CM code %s is accepted',
  (code) => {
    expect(encounterSchema.parse({ ...HIGH_RISK_PRESET, diag_1: code }).diag_1).toBe(code.toUpperCase());
  },
);

test('the schema can be published: every field but the optional ones is required', () => {
  const { properties, required } = z.toJSONSchema(encounterSchema, { io: 'input' });
  expect(Object.keys(properties ?? {})).toEqual(FIELD_LIST.map((field) => field.name));
  const optional = FIELD_LIST.filter(({ presence }) => presence === 'optional').map(({ name }) => name);
  expect(optional).toEqual(expect.arrayContaining(OPTIONAL));
  expect(required).toEqual(FIELD_LIST.map(({ name }) => name).filter((name) => !optional.includes(name)));
});

test('every field has a place on the form and texts in both languages', () => {
  const sections = SECTIONS.map((section) => section.name);
  for (const field of FIELD_LIST) {
    expect(sections).toContain(field.section);
    for (const text of [field.label, field.help]) {
      expect(text.en).not.toBe('');
      expect(text.es).not.toBe('');
    }
  }
});
