import { expect, test } from 'vitest';
import { isWellFormed } from './well-formed.ts';

test.each([
  ['{"reason": "half a \\ud83d"}', false],
  ['{"reason": {"deep": ["\\uDE00"]}}', false],
  ['{"\\ud83d": 1}', false],
  ['{"reason": "whole \\ud83d\\ude00"}', true],
  ['{"reason": "\\\\ud83d is how it is written"}', true],
  ['{"reason": "😀"}', true],
])('%s is Unicode: %s', (text, expected) => {
  expect(isWellFormed(text, JSON.parse(text))).toBe(expected);
});
