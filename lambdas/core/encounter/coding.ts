// A system of diagnosis codes: their form, and what a code says. The features know no system but through this.
import { comorbidityOf, diabetesOf, equivalentOf } from './codes/icd10.ts';
import { CODE_PATTERN, type CodeSystem, MAX_CODE_LENGTH, readCode, systemOf } from './codes/systems.ts';
import { comorbidityBits } from './comorbidity.ts';
import { CONDITIONS, hasCondition, readDiabetes } from './conditions.ts';
import { DIAGNOSIS_GROUPS, type Diagnosis, readDiagnosis } from './icd9.ts';

/** Facts of one diagnosis code. `conditions` has a bit for each of CONDITIONS, `comorbidities` those of the Charlson index. */
export interface DiagnosisFacts {
  readonly category: string;
  readonly group: string;
  readonly conditions: number;
  readonly comorbidities: number;
  /** What the code says of diabetes; all false for codes of other diseases. */
  readonly diabetes: {
    readonly any: boolean;
    readonly complication: boolean;
    readonly type1: boolean;
    readonly uncontrolled: boolean;
  };
}

export interface CodingSystem {
  readonly name: CodeSystem;
  readonly pattern: RegExp;
  readonly maxLength: number;
  /** Forms that a code may have, for the reader of an error. */
  readonly example: string;
  /** Names of all groups that a code may fall in. */
  readonly groups: readonly string[];
  /** One form for a code of any system; null when it has none. What two systems could own is `system`'s, or this one's. */
  readonly read: (text: string, system?: () => CodeSystem) => string | null;
  /** The group of a code in that form. */
  readonly group: (code: string) => string;
  /** All that it says; the group among it. */
  readonly facts: (code: string) => DiagnosisFacts;
}

export const ICD9_CM: CodingSystem = {
  name: 'ICD-9-CM',
  pattern: CODE_PATTERN,
  maxLength: MAX_CODE_LENGTH,
  example: 'a form such as 428, 250.83, V58, E885 or, of ICD-10-CM, E11.9',
  groups: DIAGNOSIS_GROUPS,
  read: (text, system = () => 'ICD-9-CM') => readCode(text, system),
  group: (code) => factsOf(code).group,
  facts: factsOf,
};

function factsOf(code: string): DiagnosisFacts {
  return systemOf(code) === 'ICD-9-CM' ? factsOfNine(readDiagnosis(code)) : factsOfTen(code);
}

/** By the ICD-9-CM category that stands for the code, but for what ICD-10-CM tells in its own way. */
function factsOfTen(code: string): DiagnosisFacts {
  const equivalent = equivalentOf(code);
  const facts =
    equivalent === null ? { ...NOTHING, group: /^[V-Y]/.test(code) ? 'external_e' : 'other' } : factsOfNine(equivalent);
  return { ...facts, comorbidities: comorbidityOf(code), diabetes: diabetesOf(code) };
}

const NOTHING = { category: 'other', conditions: 0 };

function factsOfNine(diagnosis: Diagnosis): DiagnosisFacts {
  return {
    category: diagnosis.category,
    group: diagnosis.group,
    conditions: CONDITIONS.reduce((bits, condition, i) => bits | (Number(hasCondition(diagnosis, condition)) << i), 0),
    comorbidities: comorbidityBits(diagnosis),
    diabetes: { any: diagnosis.position === 250, ...readDiabetes(diagnosis) },
  };
}
