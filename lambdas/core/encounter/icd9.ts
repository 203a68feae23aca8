// ICD-9-CM codes: their form, their chapters, and the diagnosis groups of the readmission literature.

/**
 * A code of ICD-9-CM as hospitals write it: 1-3 digits (leading zeros may be lost, 38 is 038) with up to two decimals,
 * V and two digits, or E and three. Both cases of the letter.
 */
export const DIAGNOSIS_PATTERN = /^(?:(?!0+(?:\.|$))\d{1,3}(?:\.\d{1,2})?|[Vv]\d{2}(?:\.\d{1,2})?|[Ee]\d{3}(?:\.\d)?)$/;
