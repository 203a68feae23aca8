import { expect, test } from 'vitest';
import { DIABETES_130 } from '../../dataset/diabetes-130/index.ts';
import { type Encounter, encounterSchema } from '../contract.ts';
import { HIGH_RISK_PRESET } from '../examples.ts';
import { FIELD_LIST } from '../fields/index.ts';
import { encounterRow } from '../fixtures/encounter-line.ts';
import { decodeTable, encodeTable } from '../table.ts';
import { featureSet } from './index.ts';

const { features: FEATURES, write } = featureSet(DIABETES_130);

function features(encounter: Encounter): Float32Array {
  const out = new Float32Array(FEATURES.length);
  write(encounter, out, 0);
  return out;
}

/** Values by name, levels by their names. */
function named(encounter: Encounter): Record<string, number | string> {
  const values = features(encounter);
  return Object.fromEntries(FEATURES.map(({ name, levels }, i) => [name, levels?.[values[i]] ?? values[i]]));
}

const example = encounterSchema.parse({
  ...HIGH_RISK_PRESET,
  ...{ number_emergency: 1, number_inpatient: 1, diag_1: '250.01', diag_2: '428', diag_3: '401' },
  discharge_disposition_id: 1,
});

test('the features of an encounter say what its fields say', () => {
  expect(named(example)).toMatchObject({
    age_mid: 85,
    prior_visits: 4,
    acute_visits: 2,
    labs_per_day: Math.fround(65 / 7),
    a1c_order: 2,
    insulin_order: 3,
    any_heart_failure: 1,
    any_copd: 0,
    diabetes_type1: 1,
    diabetes_primary: 1,
    n_circulatory: 2,
    race: 'AfricanAmerican',
    specialty: 'InternalMedicine',
    discharge_disposition: '1',
    diag_1_group: 'diabetes',
    diag_1_category: '250',
    charlson_index: 1,
    lace_index: 10,
    oral_only: 0,
  });
});

test('a stored row and the same encounter as JSON give the same bits', async () => {
  const row = encounterRow({ diag_2: '?', race: '?', medical_specialty: '?' });
  const { encounters } = await decodeTable(encodeTable([row], DIABETES_130), DIABETES_130);
  const request = encounterSchema.parse(JSON.parse(JSON.stringify(row.encounter)));
  const expected = Buffer.from(features(row.encounter).buffer);
  expect(Buffer.compare(Buffer.from(features(encounters[0]).buffer), expected)).toBe(0);
  expect(Buffer.compare(Buffer.from(features(request).buffer), expected)).toBe(0);
});

test('what an earlier encounter held does not leak into the next', () => {
  const before = features(example);
  features(encounterSchema.parse({ ...example, diag_1: null, diag_2: null, diag_3: null }));
  expect(features(example)).toEqual(before);
});

test('a missing value is NaN, a value outside the table of levels is the level "other"', () => {
  const open = named({ ...example, diag_1: null, medical_specialty: null, admission_source_id: 17 });
  expect(open).toMatchObject({ diag_1_group: Number.NaN, specialty: Number.NaN, admission_source: Number.NaN });
  const unseen = named({ ...example, diag_1: 'E800', medical_specialty: 'Astrology', admission_source_id: 30 });
  expect(unseen).toMatchObject({ diag_1_category: 'other', specialty: 'other', admission_source: 'other' });
});

test('names are unique, levels fit a byte, sources are fields of the contract', () => {
  expect(new Set(FEATURES.map((feature) => feature.name)).size).toBe(FEATURES.length);
  const fields: readonly string[] = FIELD_LIST.map((field) => field.name);
  for (const { sources, levels } of FEATURES) {
    expect(fields).toEqual(expect.arrayContaining([...sources]));
    if (levels !== undefined) expect(new Set(levels).size).toBe(levels.length);
    expect(levels?.length ?? 0).toBeLessThan(255);
  }
});

test('every field of the contract counts', () => {
  const used = new Set(FEATURES.flatMap((feature) => feature.sources));
  expect(FIELD_LIST.map((field) => field.name).filter((name) => !used.has(name))).toEqual([]);
});

test('a dataset that lacks a field has no feature of it, and keeps the order of the others', () => {
  const fields = DIABETES_130.fields.filter(
    ({ name }) => name !== 'medical_specialty' && name !== 'num_lab_procedures',
  );
  const { features } = featureSet({ ...DIABETES_130, fields });
  const gone = ['num_lab_procedures', 'labs_per_day', 'specialty'];
  expect(features).toEqual(FEATURES.filter(({ name }) => !gone.includes(name)));
});
