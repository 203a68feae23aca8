import { expect, test } from 'vitest';
import * as z from 'zod';
import { fieldErrors, summary } from './field-errors.ts';
import { ProblemError, problem } from './problem.ts';

test('a problem carries the five members a client may rely on', () => {
  expect(problem('busy', 'Try again in a second.')).toEqual({
    type: 'urn:readmit:problem:busy',
    title: 'Too many requests at once',
    status: 429,
    detail: 'Try again in a second.',
  });
});

test('a problem error keeps its kind, so that logs can count it', () => {
  const error = new ProblemError('no-model', 'Promote one.');
  expect(error.kind).toBe('no-model');
  expect(error.problem.status).toBe(503);
});

const schema = z.strictObject({ 'a/b': z.number(), list: z.array(z.object({ age: z.string() })) });

test('every wrong field is named by pointer and path, without the value received', () => {
  const value = { 'a/b': 'secret', list: [{ age: 'x' }, { age: 9 }, {}], extra: 1 };
  const errors = fieldErrors(schema.safeParse(value).error ?? new z.ZodError([]), value);
  expect(errors.map(({ pointer, field }) => [pointer, field])).toEqual([
    ['/a~1b', 'a/b'],
    ['/list/1/age', 'list.1.age'],
    ['/list/2/age', 'list.2.age'],
    ['/extra', 'extra'],
  ]);
  expect(errors[1]?.detail).not.toMatch(/^Required/);
  expect(errors[2]?.detail).toMatch(/^Required/);
  expect(JSON.stringify(errors)).not.toContain('secret');
});

test('the summary stays short when everything is wrong', () => {
  const errors = Array.from({ length: 9 }, (_, i) => ({ pointer: `/f${i}`, field: `f${i}`, detail: 'bad', code: 'x' }));
  expect(summary(errors)).toBe('f0: bad; f1: bad; f2: bad; f3: bad; f4: bad (and 4 more)');
});
