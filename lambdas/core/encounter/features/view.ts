// What the feature formulas look at: the encounter and the facts of its diagnoses, read once a row.
import { comorbidityBits } from '../comorbidity.ts';
import { CONDITIONS, hasCondition, readDiabetes } from '../conditions.ts';
import type { Encounter } from '../contract.ts';
import { readDiagnosis } from '../icd9.ts';
import type { Feature } from '../matrix.ts';

/** Facts of one diagnosis code. `conditions` has a bit for each of CONDITIONS, `comorbidities` those of the Charlson index. */
export interface DiagnosisFacts {
  readonly category: string;
  readonly position: number;
  readonly group: string;
  readonly conditions: number;
  readonly comorbidities: number;
  readonly diabetes: ReturnType<typeof readDiabetes>;
}

export interface View {
  encounter: Encounter;
  first: DiagnosisFacts | null;
  second: DiagnosisFacts | null;
  third: DiagnosisFacts | null;
  /** Unions of the bits of the three. */
  conditions: number;
  comorbidities: number;
}

/** A feature with its formula. NaN stands for a missing value. */
export interface FeatureSpec extends Feature {
  readonly value: (view: View) => number;
}

/** Codes come in thousands of forms, a served process sees few: above this many the cache starts anew. */
const CACHE_LIMIT = 4096;
const cache = new Map<string, DiagnosisFacts>();

/** Points `view` at `encounter`. */
export function look(view: View, encounter: Encounter): void {
  view.encounter = encounter;
  view.first = factsOf(encounter.diag_1);
  view.second = factsOf(encounter.diag_2);
  view.third = factsOf(encounter.diag_3);
  const { first, second, third } = view;
  view.conditions = (first?.conditions ?? 0) | (second?.conditions ?? 0) | (third?.conditions ?? 0);
  view.comorbidities = (first?.comorbidities ?? 0) | (second?.comorbidities ?? 0) | (third?.comorbidities ?? 0);
}

function factsOf(code: string | null): DiagnosisFacts | null {
  if (code === null) return null;
  const kept = cache.get(code);
  if (kept !== undefined) return kept;
  if (cache.size >= CACHE_LIMIT) cache.clear();
  const diagnosis = readDiagnosis(code);
  const facts: DiagnosisFacts = {
    category: diagnosis.category,
    position: diagnosis.position,
    group: diagnosis.group,
    conditions: CONDITIONS.reduce((bits, condition, i) => bits | (Number(hasCondition(diagnosis, condition)) << i), 0),
    comorbidities: comorbidityBits(diagnosis),
    diabetes: readDiabetes(diagnosis),
  };
  cache.set(code, facts);
  return facts;
}
