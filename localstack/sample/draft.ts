// One encounter in the making: the cells so far and what they may depend on. Fitting reads real rows through the same
// dependencies that generating draws by.
import type { HeaderColumn } from '../../lambdas/core/encounter/header.ts';
import { readDiagnosis } from '../../lambdas/core/encounter/icd9.ts';
import { MEDICATIONS } from '../../lambdas/core/encounter/medications.ts';

export interface Draft {
  readonly cells: Partial<Record<HeaderColumn, string>>;
  /** Whether the patient had an encounter in the file before. */
  readonly repeat: boolean;
  /** Seventh of the file, 0..6: what hospitals recorded changed with the years. */
  readonly stage: number;
  /** Diabetes medications but insulin that are given, of the columns placed so far. */
  oral: number;
  /** Whether the dose of any medication placed so far was changed. */
  doseChanged: boolean;
}

/** Starts an encounter; cells are added by `place` in the order of DEPENDENCIES. */
export function startDraft(cells: Draft['cells'], repeat: boolean, stage: number): Draft {
  return { cells, repeat, stage, oral: 0, doseChanged: false };
}

export function place(draft: Draft, column: HeaderColumn, value: string): void {
  draft.cells[column] = value;
  if (!DOSED.has(column)) return;
  if (column !== 'insulin' && value !== 'No') draft.oral++;
  if (value === 'Up' || value === 'Down') draft.doseChanged = true;
}

const DOSED: ReadonlySet<HeaderColumn> = new Set(MEDICATIONS);

/** A column is drawn from its distribution given a key of what was drawn before; "" stands for no dependency. */
export interface Dependency {
  readonly column: HeaderColumn;
  readonly given: (draft: Draft) => string;
}

const nothing = () => '';
const number = (draft: Draft, column: HeaderColumn) => Number(draft.cells[column] ?? 0);
const upTo = (limit: number, value: number) => String(Math.min(limit, value));

/** Children and young adults, middle age, old age. */
function ageGroup({ cells }: Draft): string {
  const decade = Number(/\d+/.exec(cells.age ?? '')?.[0] ?? 0);
  if (decade < 30) return 'young';
  if (decade < 50) return 'middle';
  return decade < 70 ? 'older' : 'old';
}

/** Groups of the codes met so far; files hold some 900 of them. */
const groups = new Map([['?', '?']]);

function diagnosisGroup(draft: Draft, column: HeaderColumn): string {
  const code = draft.cells[column] ?? '?';
  const known = groups.get(code);
  if (known !== undefined) return known;
  const { group } = readDiagnosis(code);
  groups.set(code, group);
  return group;
}

function stay(draft: Draft): string {
  const days = number(draft, 'time_in_hospital');
  if (days <= 4) return String(days);
  return days <= 7 ? '5-7' : '8-14';
}

const procedures = (draft: Draft) => upTo(3, number(draft, 'num_procedures'));

const ORAL: readonly Dependency[] = MEDICATIONS.filter((name) => name !== 'insulin').map((column) => ({
  column,
  given: (draft) => `${draft.cells.insulin === 'No' ? 'oral' : 'insulin'} ${upTo(2, draft.oral)}`,
}));

/** Columns in the order in which they are drawn; ids and the label are not among them. */
export const DEPENDENCIES: readonly Dependency[] = [
  { column: 'race', given: nothing },
  { column: 'gender', given: (d) => d.cells.race ?? '' },
  { column: 'age', given: (d) => d.cells.race ?? '' },
  { column: 'weight', given: (d) => String(d.stage) },
  { column: 'payer_code', given: (d) => `${d.stage} ${ageGroup(d)}` },
  { column: 'admission_type_id', given: (d) => `${d.stage} ${ageGroup(d)}` },
  { column: 'admission_source_id', given: (d) => d.cells.admission_type_id ?? '' },
  { column: 'diag_1', given: (d) => `${ageGroup(d)} ${d.cells.admission_type_id}` },
  { column: 'diag_2', given: (d) => diagnosisGroup(d, 'diag_1') },
  { column: 'diag_3', given: (d) => diagnosisGroup(d, 'diag_2') },
  { column: 'number_diagnoses', given: (d) => `${d.cells.diag_3 === '?'} ${d.cells.diag_2 === '?'} ${ageGroup(d)}` },
  { column: 'medical_specialty', given: (d) => `${d.stage < 4} ${diagnosisGroup(d, 'diag_1')}` },
  { column: 'time_in_hospital', given: (d) => diagnosisGroup(d, 'diag_1') },
  { column: 'num_procedures', given: (d) => diagnosisGroup(d, 'diag_1') },
  { column: 'num_lab_procedures', given: (d) => `${stay(d)} ${d.cells.admission_type_id === '3'}` },
  { column: 'num_medications', given: (d) => `${stay(d)} ${procedures(d)}` },
  { column: 'discharge_disposition_id', given: (d) => `${d.cells.age} ${stay(d)}` },
  { column: 'number_inpatient', given: (d) => String(d.repeat) },
  { column: 'number_emergency', given: (d) => upTo(4, number(d, 'number_inpatient')) },
  { column: 'number_outpatient', given: (d) => upTo(2, number(d, 'number_emergency')) },
  { column: 'max_glu_serum', given: (d) => String(d.stage) },
  { column: 'A1Cresult', given: (d) => `${ageGroup(d)} ${diagnosisGroup(d, 'diag_1') === 'diabetes'}` },
  { column: 'insulin', given: (d) => `${d.cells.A1Cresult} ${diagnosisGroup(d, 'diag_1') === 'diabetes'}` },
  ...ORAL,
  { column: 'change', given: (d) => `${d.cells.insulin} ${upTo(2, d.oral)} ${d.doseChanged}` },
  { column: 'diabetesMed', given: (d) => String(d.cells.insulin !== 'No' || d.oral > 0) },
];
