// Diabetes 130-US Hospitals for Years 1999-2008 (Strack et al. 2014; UCI Machine Learning Repository, dataset 296).
import { ICD9_CM } from '../../encounter/coding.ts';
import { FIELD_LIST } from '../../encounter/fields/index.ts';
import { HEADER_COLUMNS } from '../../encounter/header.ts';
import { MEDICATIONS } from '../../encounter/medications.ts';
import type { Dataset } from '../dataset.ts';
import { LEVELS } from './levels.ts';
import { LIMITS, PROVENANCE } from './statements.ts';

export const DIABETES_130: Dataset = {
  name: 'diabetes-130',
  synthetic: false,
  columns: HEADER_COLUMNS,
  fields: FIELD_LIST,
  medications: MEDICATIONS,
  outcome: { column: 'readmitted', words: ['NO', '>30', '<30'], positive: '<30' },
  eligibility: {
    // Death (11, 19, 20, 21) or hospice care (13, 14).
    ineligibleDispositions: new Set([11, 13, 14, 19, 20, 21]),
    because: 'ended in death or hospice care',
  },
  coding: ICD9_CM,
  levels: LEVELS,
  provenance: PROVENANCE,
  limits: LIMITS,
  // Published models of this data attain .64 to .70.
  leakAuroc: { value: 0.75, low: 0.7 },
};
