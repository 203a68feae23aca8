// What a field of an encounter is: one description for the contract, the source files, the stored table, the API's
// description and the web form.
import type { QuarantineReason } from '../quarantine.ts';

/** A text in the languages of the web form. */
export interface Text {
  readonly en: string;
  readonly es: string;
}

export type Section = 'patient' | 'admission' | 'stay' | 'visits' | 'treatment' | 'diagnoses';

/**
 * Whether a body may leave a value open. `required`: it must be given and known. `nullable`: the key must be given,
 * null and "?" say "not known". `optional`: null, "?" and leaving the key out all say "not known".
 */
export type Presence = 'required' | 'nullable' | 'optional';

export interface Choice<V extends string = string> {
  readonly value: V;
  readonly label: Text;
}

/** A code of the source hospitals and what it stands for; `mapped: false` codes mean "not available". */
export interface IdMeaning {
  readonly id: number;
  readonly text: Text;
  readonly mapped: boolean;
}

/** How the source files write a field. */
export interface FieldSource {
  /** Its column; left out where it has the field's own name. */
  readonly column?: string;
  /** What the column says for a value, where that is not the value itself: the value by the word. */
  readonly words?: Readonly<Record<string, string | boolean>>;
  /** Why a row with another word is put aside, where that has a reason of its own. */
  readonly reason?: QuarantineReason;
}

interface FieldBase {
  readonly source?: FieldSource;
  readonly section: Section;
  readonly presence: Presence;
  readonly label: Text;
  readonly help: Text;
}

/**
 * One of a fixed list of words. `unknown` is the word that stands for null or a left-out key, where there is one. It
 * means that the value is missing (null in the stored table), or that there is none because nothing was done.
 */
export interface ChoiceField<V extends string = string> extends FieldBase {
  readonly kind: 'choice';
  readonly choices: readonly Choice<V>[];
  readonly unknown?: V;
  readonly unknownMeans?: 'missing' | 'not_done';
}

/** A whole number within `min`..`max`; `typical` is a value to start a form with. */
export interface CountField extends FieldBase {
  readonly kind: 'count';
  readonly min: number;
  readonly max: number;
  readonly typical: number;
}

/** Yes or no; the source has a word for each. */
export interface FlagField extends FieldBase {
  readonly kind: 'flag';
  readonly source: FieldSource & { readonly words: Readonly<Record<string, boolean>> };
}

/** A diagnosis code. */
export interface DiagnosisField extends FieldBase {
  readonly kind: 'diagnosis';
}

/** A numeric code within `min`..`max`; codes without a meaning are accepted, hospitals add new ones. */
export interface IdField extends FieldBase {
  readonly kind: 'id';
  readonly min: number;
  readonly max: number;
  readonly meanings: readonly IdMeaning[];
}

/** A short free text with suggestions. */
export interface TextField extends FieldBase {
  readonly kind: 'text';
  readonly maxLength: number;
  readonly suggestions: readonly string[];
}

export type Field = ChoiceField | CountField | FlagField | DiagnosisField | IdField | TextField;

/** Fields by name. */
export type FieldTable = Readonly<Record<string, Field>>;

/** What a field holds once it is parsed: null where a diagnosis or a text is not known. */
export type FieldValue<F extends Field> =
  F extends ChoiceField<infer V>
    ? V
    : F extends CountField | IdField
      ? number
      : F extends FlagField
        ? boolean
        : string | null;
