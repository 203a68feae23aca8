// What belongs to one source of data and not to the mechanism: how its files are written, what counts as an outcome, who
// is eligible, which levels it holds, where it comes from and what it cannot say. Reader, table, features, card and
// serving take it as an argument.
import type { CodingSystem } from '../encounter/coding.ts';
import type { NamedField } from '../encounter/fields/index.ts';
import type { DatasetIdentity } from './identity.ts';

export interface Dataset extends DatasetIdentity {
  /** Columns of its files in order. */
  readonly columns: readonly string[];
  /** The fields that it has, in the contract's order; `source` says how its files write each. */
  readonly fields: readonly NamedField[];
  /** Columns that tell of a diabetes medication whether it was given and how the dose changed. */
  readonly medications: readonly string[];
  readonly outcome: Outcome;
  readonly eligibility: Eligibility;
  /** Of the diagnosis fields. */
  readonly coding: CodingSystem;
  readonly levels: FeatureLevels;
  readonly provenance: Provenance;
  /** What its figures cannot say, in sentences for a model card. */
  readonly limits: readonly string[];
  /**
   * A test AUROC above `value` says that information from after the discharge has leaked into the features; unless rows
   * are so few that the interval reaches below `low`, what honest models attain.
   */
  readonly leakAuroc: { readonly value: number; readonly low: number };
}

export interface Outcome {
  readonly column: string;
  readonly words: readonly string[];
  /** The word for a readmission within 30 days. */
  readonly positive: string;
}

/** Encounters that no readmission can follow are left out of training and measuring. */
export interface Eligibility {
  readonly ineligibleDispositions: ReadonlySet<number>;
  /** What they have in common, as in "ended in ...". */
  readonly because: string;
}

/** Levels of the category features: values with enough training encounters to learn from; the rest is "other". */
export interface FeatureLevels {
  readonly admissionTypes: readonly number[];
  readonly dispositions: readonly number[];
  readonly admissionSources: readonly number[];
  readonly specialties: readonly string[];
  readonly primaryDiagnoses: readonly string[];
}

/** Where the data comes from, to be cited wherever figures of it are shown. */
export interface Provenance {
  readonly name: string;
  /** In a few words, such as the kind of hospitals and the years. */
  readonly population: { readonly en: string; readonly es: string };
  readonly citation: string;
  readonly repository: string;
  readonly url: string;
  readonly license: string;
}

/** Whether a readmission can follow, so that the encounter is trained on and measured. */
export function isEligible(
  encounter: { readonly discharge_disposition_id: number },
  { eligibility }: Pick<Dataset, 'eligibility'>,
): boolean {
  return !eligibility.ineligibleDispositions.has(encounter.discharge_disposition_id);
}
