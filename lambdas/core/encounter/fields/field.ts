// What a field of the encounter contract is: one description for the schema, the OpenAPI page and the web form.

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

interface FieldBase {
  readonly name: string;
  readonly section: Section;
  readonly presence: Presence;
  readonly label: Text;
  readonly help: Text;
}

/** One of a fixed list of words. `unknown` is the word that stands for null or a left-out key, where there is one. */
export interface ChoiceField<V extends string = string> extends FieldBase {
  readonly kind: 'choice';
  readonly choices: readonly Choice<V>[];
  readonly unknown?: V;
}

/** A whole number within `min`..`max`; `typical` is a value to start a form with. */
export interface CountField extends FieldBase {
  readonly kind: 'count';
  readonly min: number;
  readonly max: number;
  readonly typical: number;
}

export interface FlagField extends FieldBase {
  readonly kind: 'flag';
}

/** An ICD-9-CM diagnosis code. */
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
