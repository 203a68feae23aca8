// Texts that JSON Schema and zod understand alike: patterns name their characters, since \w, \d and \s stand for more in other
// languages' regular expressions, and lengths count Unicode characters, not UTF-16 units.
import * as z from 'zod';

/** Neither white space, nor a control or format character. */
const VISIBLE =
  '[^\\u0000-\\u0020\\u007f-\\u00a0\\u1680\\u180e\\u2000-\\u200f\\u2028-\\u202f\\u205f-\\u206f\\u3000\\ufeff]';
const SENTENCE = new RegExp(`${VISIBLE}[\\s\\S]+${VISIBLE}`, 'u');
const CONTROLS = '\\u0000-\\u001f\\u007f-\\u009f';
const NO_CONTROLS = new RegExp(`^[^${CONTROLS}]*$`, 'u');

/** At most `max` characters, at least three without the white space around them, which is taken away. */
export function sentence(max: number) {
  return z
    .string()
    .regex(SENTENCE, 'expected a few words')
    .refine(...atMost(max))
    .trim()
    .meta({ minLength: 3, maxLength: max });
}

/** One line of 1 to `max` characters. */
export function line(max: number) {
  return z
    .string()
    .min(1)
    .regex(NO_CONTROLS, 'Invalid text: control characters are not allowed')
    .refine(...atMost(max))
    .meta({ maxLength: max });
}

/** A key of a bucket under a prefix, one line of at most `max` characters after it. */
export function keyUnder(prefix: string, max: number) {
  return z
    .string()
    .regex(new RegExp(`^${prefix}[^/${CONTROLS}][^${CONTROLS}]{0,${max - 1}}$`, 'u'), `expected a key under ${prefix}`);
}

/** The pattern of {@link line}, for descriptions that are made otherwise. */
export const LINE_PATTERN = NO_CONTROLS.source;

function atMost(max: number): [(text: string) => boolean, string] {
  return [(text) => text.length <= max || [...text].length <= max, `expected at most ${max} characters`];
}
