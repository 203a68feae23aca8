// ICD-10-CM codes by the groups that the features use: the category of ICD-9-CM that stands for each, and what the code
// itself says of diabetes and of the Charlson index.
import { type Diagnosis, readDiagnosis } from '../icd9.ts';
import { EQUIVALENTS } from './equivalents.ts';

const CATEGORY_OF: ReadonlyMap<string, string> = new Map(
  EQUIVALENTS.trim()
    .split(/\s+/)
    .flatMap((entry) => {
      const [nine = '', tens = ''] = entry.split('=');
      return tens.split(',').map((ten): [string, string] => [ten, nine]);
    }),
);

/** The ICD-9-CM category of an ICD-10-CM code; null where the mappings have none, as for COVID-19 (U07.1). */
export function equivalentOf(code: string): Diagnosis | null {
  const compact = code.replace('.', '');
  const category = CATEGORY_OF.get(compact.slice(0, 4)) ?? CATEGORY_OF.get(compact.slice(0, 3));
  return category === undefined ? null : readDiagnosis(category);
}

/**
 * E08 to E13: E10 is type 1. Uncontrolled are .65 (hyperglycemia) and .649 (hypoglycemia without coma), which AHRQ's PQI 14
 * counts as uncontrolled without complications; .0 to .8 else are complications, as 250.1 to 250.9 are, and .9 is none.
 */
export function diabetesOf(code: string) {
  const [, type, fourth = '9', rest = ''] = /^E(08|09|10|11|13)\.?(\d)?(\w*)$/.exec(code) ?? [];
  const any = type !== undefined;
  const uncontrolled = any && fourth === '6' && (rest.startsWith('5') || rest === '49');
  return { any, type1: type === '10', uncontrolled, complication: any && !uncontrolled && fourth !== '9' };
}

/** By ICD-10 codes of Quan et al. 2005 (Med Care 43:1130), table 1, in the order of the Charlson index here. */
const QUAN: readonly string[] = [
  'I21 I22 I252',
  'I099 I110 I130 I132 I255 I420 I425 I426 I427 I428 I429 I43 I50 P290',
  'I70 I71 I731 I738 I739 I771 I790 I792 K551 K558 K559 Z958 Z959',
  'G45 G46 H340 I60 I61 I62 I63 I64 I65 I66 I67 I68 I69',
  'F00 F01 F02 F03 F051 G30 G311',
  'I278 I279 J40 J41 J42 J43 J44 J45 J46 J47 J60 J61 J62 J63 J64 J65 J66 J67 J684 J701 J703',
  'M05 M06 M315 M32 M33 M34 M351 M353 M360',
  'K25 K26 K27 K28',
  'B18 K700 K701 K702 K703 K709 K713 K714 K715 K717 K73 K74 K760 K762 K763 K764 K768 K769 Z944',
  'G041 G114 G801 G802 G81 G82 G830 G831 G832 G833 G834 G839',
  `I120 I131 N032 N033 N034 N035 N036 N037 N052 N053 N054 N055 N056 N057 N18 N19 N250 Z490 Z491 Z492 Z940 Z992`,
  `C00 C01 C02 C03 C04 C05 C06 C07 C08 C09 C10 C11 C12 C13 C14 C15 C16 C17 C18 C19 C20 C21 C22 C23 C24 C25 C26 C30 C31
   C32 C33 C34 C37 C38 C39 C40 C41 C43 C45 C46 C47 C48 C49 C50 C51 C52 C53 C54 C55 C56 C57 C58 C60 C61 C62 C63 C64 C65
   C66 C67 C68 C69 C70 C71 C72 C73 C74 C75 C76 C81 C82 C83 C84 C85 C88 C90 C91 C92 C93 C94 C95 C96 C97`,
  'I850 I859 I864 I982 K704 K711 K721 K729 K765 K766 K767',
  'C77 C78 C79 C80',
  'B20 B21 B22 B24',
];
const COMORBIDITY_OF: ReadonlyMap<string, number> = new Map(
  QUAN.flatMap((codes, bit) => codes.split(/\s+/).map((code): [string, number] => [code, bit])),
);

/** A bit for the comorbidity that the code shows, as `comorbidityBits` has them. */
export function comorbidityOf(code: string): number {
  const compact = code.replace('.', '');
  const bit = COMORBIDITY_OF.get(compact.slice(0, 4)) ?? COMORBIDITY_OF.get(compact.slice(0, 3));
  return bit === undefined ? 0 : 1 << bit;
}
