// The contract of one encounter as clients send it: the fields of the table, checked and brought to one form.
import * as z from 'zod';
import { line } from '../json/text.ts';
import { type CodingSystem, ICD9_CM } from './coding.ts';
import { byField, type FIELDS, type FieldName, type FieldValue, type NamedField } from './fields/index.ts';

export { type Encounter, FIELD_LIST, FIELDS, type FieldName, SECTIONS } from './fields/index.ts';

type Shape = { readonly [N in FieldName]: z.ZodType<FieldValue<(typeof FIELDS)[N]>> };

/**
 * Body of POST /predict. Keys beyond the contract's are dropped, so that clients which send more keep working.
 * After parsing there is one form for each fact: an unknown race is "Unknown", a test that was not done is "None",
 * an unknown diagnosis or specialty is null, a diagnosis code has its point and upper case.
 */
export const encounterSchema: z.ZodObject<Shape> = encounterContract(ICD9_CM);

/** The contract with diagnoses in a coding system. */
export function encounterContract(coding: CodingSystem): z.ZodObject<Shape> {
  return z.object(byField<Shape>((field) => fieldSchema(field, coding)));
}

/** A field that may be left open takes null and "?", the source files' token for a missing value, which clients forward. */
function fieldSchema(field: NamedField, coding: CodingSystem): z.ZodType {
  if (field.presence === 'required') return valueSchema(field, coding);
  const unknown = field.kind === 'choice' ? field.unknown : undefined;
  const open = z.nullable(valueSchema(field, coding));
  const schema = z.preprocess(
    (value) => (value === '?' ? null : value),
    unknown === undefined ? open : open.transform((value) => value ?? unknown),
  );
  return field.presence === 'optional' ? schema.default(unknown ?? null) : schema;
}

function valueSchema(field: NamedField, coding: CodingSystem): z.ZodType {
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
        .max(coding.maxLength)
        .regex(coding.pattern, `Invalid diagnosis code: expected ${coding.example}`)
        .transform((code, context) => {
          const read = coding.read(code);
          if (read === null) context.addIssue(`Invalid diagnosis code: expected ${coding.example}`);
          return read;
        });
    case 'text':
      return line(field.maxLength);
  }
}
