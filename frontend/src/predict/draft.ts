// The form's state: what was typed, as text, for each field; and how it becomes the body that the API takes.
import {
  type Encounter,
  encounterSchema,
  FIELD_LIST,
  type FieldName,
} from '../../../lambdas/core/encounter/contract.ts';
import { byField, type Field } from '../../../lambdas/core/encounter/fields/index.ts';
import type { Words } from '../text/language.ts';

/** Text of each input; '' is not filled in. */
export type Draft = Readonly<Record<FieldName, string>>;
export type FormField = (typeof FIELD_LIST)[number];
/** A JSON body: anything a client may send. */
export type Body = Readonly<Record<string, unknown>>;

const fill = (text: (field: FormField) => string): Draft => byField<Draft>(text);

/** A fresh form: "not known" where a field has such a word, the rest to be filled in. */
export const BLANK: Draft = fill((field) => (field.kind === 'choice' ? (field.unknown ?? '') : ''));

export function draftOf(body: Body): Draft {
  return fill((field) => textOf(field, body[field.name]));
}

function textOf(field: Field, value: unknown): string {
  if (value === null || value === undefined || value === '?')
    return field.kind === 'choice' ? (field.unknown ?? '') : '';
  return typeof value === 'object' ? '' : String(value);
}

export function bodyOf(draft: Draft): Body {
  return Object.fromEntries(
    FIELD_LIST.flatMap((field) => {
      const value = jsonValue(field, draft[field.name].trim());
      return value === undefined ? [] : [[field.name, value]];
    }),
  );
}

/** Undefined leaves the key out, so that a required one is found missing. */
function jsonValue(field: Field, text: string): unknown {
  if (text === '') return field.presence === 'required' ? undefined : null;
  if (field.kind === 'flag') return text === 'true' ? true : text === 'false' ? false : text;
  if (field.kind === 'count' || field.kind === 'id')
    return /^[+-]?\d+([.,]\d+)?$/.test(text) ? Number(text.replace(',', '.')) : text;
  return text;
}

export type Checked =
  | { readonly ok: true; readonly encounter: Encounter }
  | { readonly ok: false; readonly wrong: ReadonlySet<string> };

export function check(draft: Draft): Checked {
  const result = encounterSchema.safeParse(bodyOf(draft));
  if (result.success) return { ok: true, encounter: result.data };
  return { ok: false, wrong: new Set(result.error.issues.map(({ path }) => String(path[0]))) };
}

/** What to do about a field that is wrong, in the reader's language. */
export function advice(t: Words, field: Field, text: string): string {
  switch (field.kind) {
    case 'count':
      return t('error.count', { min: field.min, max: field.max });
    case 'id':
      return text === '' ? t('error.choose') : t('error.count', { min: field.min, max: field.max });
    case 'choice':
    case 'flag':
      return t('error.choose');
    case 'diagnosis':
      return t('error.diagnosis');
    case 'text':
      return t('error.text', { max: field.maxLength });
  }
}

/** Names of the fields that differ. */
export function changed(a: Draft, b: Draft): FormField[] {
  return FIELD_LIST.filter(({ name }) => a[name].trim() !== b[name].trim());
}
