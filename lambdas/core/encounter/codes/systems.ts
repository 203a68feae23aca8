// Diagnosis codes of ICD-9-CM and ICD-10-CM, with and without their point, in one form each. What both systems could own
// (E885 is a fall, or E88.5) is decided by what stands around it, never by its shape.
import { DIAGNOSIS_PATTERN } from '../icd9.ts';

export const CODE_SYSTEMS = ['ICD-9-CM', 'ICD-10-CM'] as const;
export type CodeSystem = (typeof CODE_SYSTEMS)[number];

/** Longest form: ICD-10-CM has seven characters and a point. */
export const MAX_CODE_LENGTH = 8;

/** What a code may look like in either system. */
export const CODE_PATTERN =
  /^(?:(?:[1-9]\d{0,2}|0[1-9]\d?|00[1-9])(?:\.\d{1,2})?|(?!000)\d{4,5}|[A-Za-z]\d[\dABab](?:\.?[\dA-Za-z]{1,4})?|[Ee]\d{3}\.\d)$/;

const UNDOTTED_NINE = /^(?:(?!000)(\d{3})(\d{1,2})|(V\d{2})(\d{1,2})|(E\d{3})(\d))$/;
const TEN = /^([A-Z]\d[\dAB])\.?([\dA-Z]{0,4})$/;

/** The code in the form of each system that it may be of; null where it can't be. Upper case. */
export function formsOf(text: string): { readonly nine: string | null; readonly ten: string | null } {
  const [nine, ten] = [nineOf(text), tenOf(text)];
  return nine !== null && ten !== null && !isWithinNine(nine) ? { nine: null, ten } : { nine, ten };
}

function nineOf(text: string): string | null {
  const [, number, decimals, v, vDecimals, e, eDecimal] = UNDOTTED_NINE.exec(text) ?? [];
  if (number !== undefined) return `${number}.${decimals}`;
  if (v !== undefined) return `${v}.${vDecimals}`;
  if (e !== undefined) return `${e}.${eDecimal}`;
  return DIAGNOSIS_PATTERN.test(text) ? text : null;
}

/** The system has E000-E030, E800-E999 and V01-V91 (ICD-9-CM, version 32). */
function isWithinNine(code: string): boolean {
  const stem = Number(code.slice(1).split('.')[0]);
  if (code.startsWith('E')) return stem <= 30 || stem >= 800;
  return !code.startsWith('V') || (stem >= 1 && stem <= 91);
}

function tenOf(text: string): string | null {
  const [, category, rest = ''] = TEN.exec(text) ?? [];
  if (category === undefined) return null;
  // Endocrine diseases end with E89.
  if (category.startsWith('E') && category > 'E89') return null;
  // ICD-10-CM fills up with X: so no form of a transport accident is one of ICD-9-CM's.
  const filled = category.startsWith('V') && /^\d*$/.test(rest) ? `${rest}X`.slice(-4) : rest;
  return filled === '' ? category : `${category}.${filled}`;
}

/** The system of a code in the form that `readCode` gives. */
export function systemOf(code: string): CodeSystem {
  return /^(?:\d|E\d{3}|V\d{2}(?:\.\d{1,2})?$)/.test(code) ? 'ICD-9-CM' : 'ICD-10-CM';
}

/**
 * One form for a code, by which `systemOf` knows its system.
 * @param others system of codes that both could own, asked only for those
 * @returns null when it is of neither system
 */
export function readCode(text: string, others: () => CodeSystem): string | null {
  const upper = text.toUpperCase();
  const { nine, ten } = formsOf(upper);
  if (nine === null || ten === null) return nine ?? ten;
  return others() === 'ICD-9-CM' ? nine : ten;
}

/** The system that every code which only one could own has; null when there is none, or both. */
export function agreedSystem(texts: Iterable<string>): CodeSystem | null {
  let agreed: CodeSystem | null = null;
  for (const text of texts) {
    const { nine, ten } = formsOf(text.trim().toUpperCase());
    if ((nine === null) === (ten === null)) continue;
    const system = nine === null ? 'ICD-10-CM' : 'ICD-9-CM';
    if (agreed !== null && agreed !== system) return null;
    agreed = system;
  }
  return agreed;
}
