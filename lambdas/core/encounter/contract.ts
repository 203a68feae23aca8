// The contract of one encounter as clients send it: the fields of the table, checked and brought to one form.
import * as z from 'zod';
import { byField, type FIELDS, type FieldName, type FieldValue, type NamedField } from './fields/index.ts';
import { DIAGNOSIS_PATTERN } from './icd9.ts';

export { type Encounter, FIELD_LIST, FIELDS, type FieldName, SECTIONS } from './fields/index.ts';

type Shape = { readonly [N in FieldName]: z.ZodType<FieldValue<(typeof FIELDS)[N]>> };

/**
 * Body of POST /predict. Keys beyond the contract's are dropped, so that clients which send more keep working.
 * After parsing there is one form for each fact: an unknown race is "Unknown", a test that was not done is "None",
 * an unknown diagnosis or specialty is null, ICD-9 letters are upper case.
 */
export const encounterSchema: z.ZodObject<Shape> = z.object(byField<Shape>(fieldSchema));

/** A field that may be left open takes null and "?", the source files' token for a missing value, which clients forward. */
function fieldSchema(field: NamedField): z.ZodType {
  if (field.presence === 'required') return valueSchema(field);
  const unknown = field.kind === 'choice' ? field.unknown : undefined;
  const open = z.nullable(valueSchema(field));
  const schema = z.preprocess(
    (value) => (value === '?' ? null : value),
    unknown === undefined ? open : open.transform((value) => value ?? unknown),
  );
  return field.presence === 'optional' ? schema.default(unknown ?? null) : schema;
}

function valueSchema(field: NamedField): z.ZodType {
  switch (field.kind) {
    case 'choice':
      return z.enum(field.choices.map(({ value }) => value));
    case 'count':
    case 'id':
      return z.int().min(field.min).max(field.max);
    case 'flag':
      return z.boolean();
    case 'diagnosis':
      return z
        .string()
        .max(7)
        .regex(DIAGNOSIS_PATTERN, 'Invalid ICD-9-CM code: expected a form such as 428, 250.83, V58 or E885')
        .transform((code) => code.toUpperCase());
    case 'text':
      return z
        .string()
        .min(1)
        .max(field.maxLength)
        .regex(/^[^\p{Cc}]*$/u, 'Invalid text: control characters are not allowed');
  }
}
