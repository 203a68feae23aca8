// A system of diagnosis codes: their form, and what a code says. The features know no system but through this.
import { comorbidityBits } from './comorbidity.ts';
import { CONDITIONS, hasCondition, readDiabetes } from './conditions.ts';
import { DIAGNOSIS_GROUPS, DIAGNOSIS_PATTERN, readDiagnosis } from './icd9.ts';

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
  readonly name: string;
  readonly pattern: RegExp;
  readonly maxLength: number;
  /** Forms that a code may have, for the reader of an error. */
  readonly example: string;
  /** Names of all groups that a code may fall in. */
  readonly groups: readonly string[];
  /** The group of a code that matches the pattern. */
  readonly group: (code: string) => string;
  /** All that it says; the group among it. */
  readonly facts: (code: string) => DiagnosisFacts;
}

export const ICD9_CM: CodingSystem = {
  name: 'ICD-9-CM',
  pattern: DIAGNOSIS_PATTERN,
  maxLength: 7,
  example: 'a form such as 428, 250.83, V58 or E885',
  groups: DIAGNOSIS_GROUPS,
  group: (code) => readDiagnosis(code).group,
  facts: (code) => {
    const diagnosis = readDiagnosis(code);
    return {
      category: diagnosis.category,
      group: diagnosis.group,
      conditions: CONDITIONS.reduce(
        (bits, condition, i) => bits | (Number(hasCondition(diagnosis, condition)) << i),
        0,
      ),
      comorbidities: comorbidityBits(diagnosis),
      diabetes: { any: diagnosis.position === 250, ...readDiabetes(diagnosis) },
    };
  },
};
