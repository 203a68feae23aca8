// The columns of the clean table in order. batch_id and split are not among them: they are in the object's key.
import { DERIVED_VALUES } from './derived.ts';
import { isEligible } from './eligibility.ts';
import { FIELD_LIST, type NamedField, sourceColumn } from './fields/index.ts';
import { readDiagnosis } from './icd9.ts';
import { MEDICATIONS } from './medications.ts';
import type { CleanRow } from './rows.ts';

export interface TableColumn {
  readonly name: string;
  readonly type: 'INT32' | 'INT64' | 'DOUBLE' | 'STRING' | 'BOOLEAN';
  readonly nullable: boolean;
  readonly value: (row: CleanRow) => number | string | boolean | null;
}

/** How the table holds a field of each kind. */
const TYPES = {
  choice: 'STRING',
  count: 'INT32',
  flag: 'BOOLEAN',
  diagnosis: 'STRING',
  id: 'INT32',
  text: 'STRING',
} as const;

const FIELD_COLUMNS: readonly TableColumn[] = FIELD_LIST.map((field) => ({
  name: field.name,
  type: TYPES[field.kind],
  nullable: field.presence !== 'required',
  value: fieldValue(field),
}));

/** The word for a missing value becomes null; the word for "nothing was done" is a value and stays. */
function fieldValue(field: NamedField): TableColumn['value'] {
  const { name } = field;
  if (field.kind !== 'choice' || field.unknownMeans !== 'missing') return ({ encounter }) => encounter[name];
  const { unknown } = field;
  return ({ encounter }) => (encounter[name] === unknown ? null : encounter[name]);
}

const SOURCE_COLUMNS: ReadonlySet<string> = new Set(FIELD_LIST.map(sourceColumn));

/** Those that are no field of the contract. */
const MEDICATION_COLUMNS: readonly TableColumn[] = MEDICATIONS.flatMap((medication, i) =>
  SOURCE_COLUMNS.has(medication)
    ? []
    : [
        {
          name: medication.replaceAll('-', '_'),
          type: 'STRING',
          nullable: false,
          value: (row) => row.doses[i] ?? null,
        },
      ],
);

const value = (name: keyof typeof DERIVED_VALUES): TableColumn => {
  const { type, of } = DERIVED_VALUES[name];
  return { name, type, nullable: false, value: ({ encounter }) => of(encounter) };
};

const doses = (name: string, counted: (dose: string) => boolean): TableColumn => ({
  name,
  type: 'INT32',
  nullable: false,
  value: (row) => row.doses.filter(counted).length,
});

const group = (name: 'diag_1' | 'diag_2' | 'diag_3'): TableColumn => ({
  name: `${name}_group`,
  type: 'STRING',
  nullable: true,
  value: ({ encounter: { [name]: code } }) => (code === null ? null : readDiagnosis(code).group),
});

/** What cleaning adds to the source's own columns, for analysis beside the model. */
const ADDED_COLUMNS: readonly TableColumn[] = [
  value('age_mid'),
  value('prior_visits'),
  value('acute_visits'),
  value('meds_per_day'),
  value('labs_per_day'),
  doses('n_diabetes_meds', (dose) => dose !== 'No'),
  doses('n_meds_up', (dose) => dose === 'Up'),
  doses('n_meds_down', (dose) => dose === 'Down'),
  value('a1c_tested'),
  value('glucose_tested'),
  group('diag_1'),
  group('diag_2'),
  group('diag_3'),
  { name: 'eligible', type: 'BOOLEAN', nullable: false, value: (row) => isEligible(row.encounter) },
  { name: 'readmitted_30d', type: 'BOOLEAN', nullable: false, value: (row) => row.readmitted === '<30' },
];

export const TABLE_COLUMNS: readonly TableColumn[] = [
  { name: 'encounter_id', type: 'INT64', nullable: false, value: (row) => row.encounter_id },
  { name: 'patient_nbr', type: 'INT64', nullable: false, value: (row) => row.patient_nbr },
  ...FIELD_COLUMNS,
  { name: 'weight', type: 'STRING', nullable: true, value: (row) => row.weight },
  { name: 'payer_code', type: 'STRING', nullable: true, value: (row) => row.payer_code },
  ...MEDICATION_COLUMNS,
  { name: 'readmitted', type: 'STRING', nullable: false, value: (row) => row.readmitted },
  ...ADDED_COLUMNS,
];
