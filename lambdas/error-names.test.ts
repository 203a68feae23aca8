import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const sources = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .map((file) => [file, readFileSync(join(import.meta.dirname, file), 'utf8')] as const);

// Minified code renames classes, and an engine may lose the type of what was thrown: the literal is what is left.
test('each error class carries its own name as a literal', () => {
  const classes = sources.flatMap(([file, text]) =>
    [...text.matchAll(/class (\w+) extends \w*Error\b[^{]*\{\s*(?:override readonly name = '(\w+)')?/g)].map(
      ([, declared, literal]) => ({ file, declared, literal }),
    ),
  );
  expect(classes.length).toBeGreaterThan(20);
  expect(classes.filter(({ declared, literal }) => declared !== literal)).toEqual([]);
});
