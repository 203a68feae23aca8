// The columns of the clean table in order. batch_id and split are not among them: they are in the object's key.
import { type Dataset, isEligible } from '../dataset/dataset.ts';
import type { CodingSystem } from './coding.ts';
import { DERIVED_VALUES } from './derived.ts';
import { type NamedField, sourceColumn } from './fields/index.ts';
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

const fieldColumn = (field: NamedField): TableColumn => ({
  name: field.name,
  type: TYPES[field.kind],
  nullable: field.presence !== 'required',
  value: fieldValue(field),
});

/** The word for a missing value becomes null; the word for "nothing was done" is a value and stays. */
function fieldValue(field: NamedField): TableColumn['value'] {
  const { name } = field;
  if (field.kind !== 'choice' || field.unknownMeans !== 'missing') return ({ encounter }) => encounter[name];
  const { unknown } = field;
  return ({ encounter }) => (encounter[name] === unknown ? null : encounter[name]);
}

/** Those that are no field of the contract. */
function medicationColumns({ fields, medications }: Dataset): TableColumn[] {
  const taken = new Set(fields.map(sourceColumn));
  return medications.flatMap((medication, i): TableColumn[] => {
    if (taken.has(medication)) return [];
    const name = medication.replaceAll('-', '_');
    return [{ name, type: 'STRING', nullable: true, value: (row) => row.doses[i] ?? null }];
  });
}

const value = (name: keyof typeof DERIVED_VALUES): TableColumn => {
  const { type, of } = DERIVED_VALUES[name];
  return { name, type, nullable: false, value: ({ encounter }) => of(encounter) };
};

const doses = (name: string, counted: (dose: string | null) => boolean): TableColumn => ({
  name,
  type: 'INT32',
  nullable: false,
  value: (row) => row.doses.filter(counted).length,
});

const group = (name: 'diag_1' | 'diag_2' | 'diag_3', { group: groupOf }: CodingSystem): TableColumn => ({
  name: `${name}_group`,
  type: 'STRING',
  nullable: true,
  value: ({ encounter: { [name]: code } }) => (code === null ? null : groupOf(code)),
});

/** What cleaning adds to the source's own columns, for analysis beside the model. */
const addedColumns = (dataset: Dataset): TableColumn[] => [
  value('age_mid'),
  value('prior_visits'),
  value('acute_visits'),
  value('meds_per_day'),
  value('labs_per_day'),
  doses('n_diabetes_meds', (dose) => dose !== 'No' && dose !== null),
  doses('n_meds_up', (dose) => dose === 'Up'),
  doses('n_meds_down', (dose) => dose === 'Down'),
  value('a1c_tested'),
  value('glucose_tested'),
  group('diag_1', dataset.coding),
  group('diag_2', dataset.coding),
  group('diag_3', dataset.coding),
  { name: 'eligible', type: 'BOOLEAN', nullable: false, value: (row) => isEligible(row.encounter, dataset) },
  {
    name: 'readmitted_30d',
    type: 'BOOLEAN',
    nullable: false,
    value: (row) => row.readmitted === dataset.outcome.positive,
  },
];

export function tableColumns(dataset: Dataset): readonly TableColumn[] {
  return [
    { name: 'encounter_id', type: 'INT64', nullable: false, value: (row) => row.encounter_id },
    { name: 'patient_nbr', type: 'INT64', nullable: false, value: (row) => row.patient_nbr },
    ...dataset.fields.map(fieldColumn),
    { name: 'weight', type: 'STRING', nullable: true, value: (row) => row.weight },
    { name: 'payer_code', type: 'STRING', nullable: true, value: (row) => row.payer_code },
    ...medicationColumns(dataset),
    { name: 'readmitted', type: 'STRING', nullable: false, value: (row) => row.readmitted },
    ...addedColumns(dataset),
  ];
}
