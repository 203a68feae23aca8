// Arbitrary request bodies from the table of fields: valid ones, and ones with one thing wrong.
import fc from 'fast-check';
import { FIELD_LIST } from '../../lambdas/core/encounter/contract.ts';
import type { Field } from '../../lambdas/core/encounter/fields/index.ts';

export type Body = Readonly<Record<string, unknown>>;

/** A body that the contract accepts, optional fields sometimes null, "?" or left out. */
export function validBody(): fc.Arbitrary<Body> {
  const members = FIELD_LIST.map((field) => {
    const value = fieldValue(field).map((given): Body => ({ [field.name]: given }));
    return field.presence === 'optional' ? fc.oneof({ arbitrary: value, weight: 8 }, fc.constant({})) : value;
  });
  return fc.tuple(...members).map((given) => Object.assign({}, ...given));
}

/** A body with exactly one field that the contract refuses, and that field's name. */
export function invalidBody(): fc.Arbitrary<{ readonly body: Body; readonly field: string }> {
  return fc
    .tuple(validBody(), fc.constantFrom(...FIELD_LIST))
    .chain(([body, field]) =>
      wrongValue(field).map((wrong) => ({ body: { ...body, ...wrong(field.name) }, field: field.name })),
    );
}

function fieldValue(field: Field): fc.Arbitrary<unknown> {
  const known = knownValue(field);
  if (field.presence === 'required') return known;
  return fc.oneof({ arbitrary: known, weight: 8 }, { arbitrary: fc.constantFrom(null, '?'), weight: 1 });
}

function knownValue(field: Field): fc.Arbitrary<unknown> {
  switch (field.kind) {
    case 'choice':
      return fc.constantFrom(...field.choices.map(({ value }) => value));
    case 'count':
    case 'id':
      return fc.oneof(
        { arbitrary: fc.integer({ min: field.min, max: Math.min(field.max, field.min + 30) }), weight: 9 },
        { arbitrary: fc.constantFrom(field.min, field.max), weight: 1 },
      );
    case 'flag':
      return fc.boolean();
    case 'diagnosis':
      return fc.oneof(
        fc.integer({ min: 1, max: 999 }).map(String),
        fc.integer({ min: 0, max: 99 }).map((n) => `250.${String(n).padStart(2, '0')}`),
        fc.integer({ min: 1, max: 91 }).map((n) => `V${String(n).padStart(2, '0')}`),
        fc.integer({ min: 800, max: 999 }).map((n) => `E${n}`),
      );
    case 'text':
      return fc.oneof(
        fc.constantFrom(...field.suggestions),
        fc.stringMatching(/^[A-Za-z /-]{1,40}$/).filter((text) => text !== '?'),
      );
  }
}

/** Given a field's name, the members to put into the body; `undefined` leaves the field out of the JSON. */
type Wrong = (name: string) => Body;

function wrongValue(field: Field): fc.Arbitrary<Wrong> {
  const set =
    (value: unknown): Wrong =>
    (name) => ({ [name]: value });
  const anywhere = fc.constantFrom<Wrong>(set({}), set([]), set([1]));
  const required = fc.constantFrom<Wrong>(set(undefined), set(null));
  const own = ownWrongValues(field).map(set);
  return field.presence === 'required' ? fc.oneof(anywhere, required, own) : fc.oneof(anywhere, own);
}

function ownWrongValues(field: Field): fc.Arbitrary<unknown> {
  switch (field.kind) {
    case 'choice': {
      // An age such as "[0-10)" has no lower case: then it is still the choice itself.
      const words = new Set<unknown>(field.choices.map(({ value }) => value));
      const wrong = ['', 'none of these', 7, true, ...field.choices.map(({ value }) => value.toLowerCase())];
      return fc.constantFrom(...wrong.filter((value) => !words.has(value)));
    }
    case 'count':
    case 'id':
      return fc.constantFrom(field.min - 1, field.max + 1, field.min + 0.5, String(field.min), true, 1e300);
    case 'flag':
      return fc.constantFrom('true', 'Yes', 1, 0);
    case 'diagnosis':
      return fc.constantFrom('', 'diabetes', '12345678', '250.123.4', 250, '25O', '9X2');
    case 'text':
      return fc.constantFrom('', 'x'.repeat(field.maxLength + 1), 'line\nbreak', 12);
  }
}
