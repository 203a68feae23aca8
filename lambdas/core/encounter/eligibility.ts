// Which encounters the model is made for: those that can be followed by a readmission.

/** Dispositions that end in death (11, 19, 20, 21) or hospice care (13, 14). */
export const INELIGIBLE_DISPOSITIONS: ReadonlySet<number> = new Set([11, 13, 14, 19, 20, 21]);

export function isEligible(encounter: { readonly discharge_disposition_id: number }): boolean {
  return !INELIGIBLE_DISPOSITIONS.has(encounter.discharge_disposition_id);
}
