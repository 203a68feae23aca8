import { expect, test } from 'vitest';
import { DIABETES_130 } from '../dataset/diabetes-130/index.ts';
import { encounterRow } from './fixtures/encounter-line.ts';
import { profileRows } from './profile.ts';

const rows = [1, 2, 3, 4].map((days) =>
  encounterRow({ time_in_hospital: String(days), race: days === 1 ? '?' : 'Asian', admission_source_id: String(days) }),
);

test('numbers have quantiles, categories their levels, both their missing values', () => {
  const { rows: count, columns } = profileRows(rows, DIABETES_130);
  expect(count).toBe(4);
  expect(columns.time_in_hospital).toMatchObject({
    kind: 'numeric',
    count: 4,
    missing: 0,
    mean: 2.5,
    quantiles: { 0: 1, 0.5: 2, 0.75: 3, 1: 4 },
  });
  expect(columns.race).toEqual({
    kind: 'category',
    count: 4,
    missing: 1,
    distinct: 1,
    levels: [['Asian', 3]],
    other: 0,
  });
  expect(columns.readmitted_30d).toMatchObject({ levels: [['true', 4]] });
});

test('ids of meanings are categories, ids of rows and patients are left out', () => {
  const { columns } = profileRows(rows, DIABETES_130);
  expect(columns.admission_source_id).toMatchObject({ kind: 'category', distinct: 4 });
  expect(columns).not.toHaveProperty('encounter_id');
  expect(columns).not.toHaveProperty('patient_nbr');
});

test('an empty batch has an empty profile', () => {
  expect(profileRows([], DIABETES_130).columns.time_in_hospital).toMatchObject({ count: 0, quantiles: {} });
});
