// The encounter as JSON Schema, from the same table of fields that the validating schema is made from.
import * as z from 'zod';
import { CODE_PATTERN, MAX_CODE_LENGTH } from '../encounter/codes/systems.ts';
import { FIELD_LIST } from '../encounter/contract.ts';
import type { Field } from '../encounter/fields/index.ts';
import { LINE_PATTERN } from '../json/text.ts';
import { encounterRefSchema } from '../loop/outcome/report.ts';

export type JsonSchema = Readonly<Record<string, unknown>>;

export function encounterJsonSchema(): JsonSchema {
  return {
    type: 'object',
    description: `One hospital encounter: ${FIELD_LIST.length} fields. Others are ignored.`,
    required: FIELD_LIST.filter(({ presence }) => presence !== 'optional').map(({ name }) => name),
    properties: {
      ...Object.fromEntries(FIELD_LIST.map((field) => [field.name, fieldSchema(field)])),
      encounter_ref: referenceSchema(),
    },
  };
}

function referenceSchema(): JsonSchema {
  const { $schema: _, description, ...described } = z.toJSONSchema(encounterRefSchema);
  return { description, anyOf: [described, { type: 'null' }] };
}

function fieldSchema(field: Field): JsonSchema {
  const described = { title: field.label.en, description: describe(field) };
  // "?" is how the source files write a missing value; clients forward it.
  if (field.presence === 'required') return { ...described, ...valueSchema(field) };
  return { ...described, anyOf: [valueSchema(field), { type: 'null' }, { const: '?' }] };
}

function valueSchema(field: Field): JsonSchema {
  switch (field.kind) {
    case 'choice':
      return { type: 'string', enum: field.choices.map(({ value }) => value) };
    case 'count':
    case 'id':
      return { type: 'integer', minimum: field.min, maximum: field.max };
    case 'flag':
      return { type: 'boolean' };
    case 'diagnosis':
      return { type: 'string', maxLength: MAX_CODE_LENGTH, pattern: CODE_PATTERN.source };
    case 'text':
      return { type: 'string', minLength: 1, maxLength: field.maxLength, pattern: LINE_PATTERN };
  }
}

function describe(field: Field): string {
  if (field.kind !== 'id') return field.help.en;
  return `${field.help.en} ${field.meanings.map(({ id, text }) => `${id} = ${text.en}`).join('; ')}.`;
}
