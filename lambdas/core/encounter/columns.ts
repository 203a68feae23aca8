// The columns of the clean table in order. batch_id and split are not among them: they are in the object's key.
import type { Encounter } from './contract.ts';
import { DERIVED_COLUMNS } from './derived.ts';
import { FIELD_LIST } from './fields/index.ts';
import { MEDICATIONS } from './medications.ts';
import type { CleanRow } from './rows.ts';

export interface TableColumn {
  readonly name: string;
  readonly type: 'INT32' | 'INT64' | 'DOUBLE' | 'STRING' | 'BOOLEAN';
  readonly nullable: boolean;
  readonly value: (row: CleanRow) => number | string | boolean | null;
}

const TYPES = {
  choice: 'STRING',
  count: 'INT32',
  flag: 'BOOLEAN',
  diagnosis: 'STRING',
  id: 'INT32',
  text: 'STRING',
} as const;

/** An unknown race is a missing value in the table; a test that was not done stays the word "None". */
const fieldValue = (encounter: Encounter, name: keyof Encounter) =>
  name === 'race' && encounter.race === 'Unknown' ? null : encounter[name];

const FIELD_COLUMNS: readonly TableColumn[] = FIELD_LIST.map((field) => ({
  name: field.name,
  type: TYPES[field.kind],
  nullable: field.presence !== 'required',
  value: (row) => fieldValue(row.encounter, field.name),
}));

/** insulin is a field of the contract already. */
const MEDICATION_COLUMNS: readonly TableColumn[] = MEDICATIONS.flatMap((medication, i) =>
  medication === 'insulin'
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

export const TABLE_COLUMNS: readonly TableColumn[] = [
  { name: 'encounter_id', type: 'INT64', nullable: false, value: (row) => row.encounter_id },
  { name: 'patient_nbr', type: 'INT64', nullable: false, value: (row) => row.patient_nbr },
  ...FIELD_COLUMNS,
  { name: 'weight', type: 'STRING', nullable: true, value: (row) => row.weight },
  { name: 'payer_code', type: 'STRING', nullable: true, value: (row) => row.payer_code },
  ...MEDICATION_COLUMNS,
  { name: 'readmitted', type: 'STRING', nullable: false, value: (row) => row.readmitted },
  ...DERIVED_COLUMNS.map((column) => ({ ...column, nullable: column.type === 'STRING' })),
];
