// npm test: types, lint, import direction, unit tests, end-to-end tests; a time for each, one closing line for all.
//   npm test -- [stage ...]     only these stages: types, page-types, lint, boundaries, unit, e2e
import { mkdirSync } from 'node:fs';
import { paths, ROOT } from './paths.ts';
import { say } from './progress.ts';
import { runCheck, runVitest, type StageResult } from './testing/stages.ts';

const CHECKS: Readonly<Record<string, readonly string[]>> = {
  types: ['typescript/bin/tsc', '--noEmit'],
  'page-types': ['typescript/bin/tsc', '--noEmit', '-p', 'frontend/tsconfig.json'],
  lint: ['@biomejs/biome/bin/biome', 'check', '.'],
  boundaries: [
    ...['dependency-cruiser/bin/dependency-cruiser.mjs', '--config', '.dependency-cruiser.json'],
    ...['bin', 'lib', 'lambdas', 'localstack', 'frontend/src'],
  ],
};
const SUITES: Readonly<Record<string, string>> = { unit: '!e2e', e2e: 'e2e' };

process.chdir(ROOT);
mkdirSync(paths.logs, { recursive: true });
const started = performance.now();
const known = [...Object.keys(CHECKS), ...Object.keys(SUITES)];
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !known.includes(name));
const isWanted = (name: string) => wanted.length === 0 || wanted.includes(name);

const results: StageResult[] = [];
if (unknown.length > 0) {
  say(`There is no stage ${unknown.join(', ')}. Stages: ${known.join(', ')}.`);
  results.push({ passed: 0, failed: 1 });
} else {
  const checks = Object.entries(CHECKS).filter(([name]) => isWanted(name));
  results.push(...(await Promise.all(checks.map(([name, [script = '', ...args]]) => runCheck(name, script, args)))));
  for (const [name, project] of Object.entries(SUITES)) {
    if (isWanted(name)) results.push(await runVitest(name, project));
  }
}

const sum = (of: (result: StageResult) => number) => results.reduce((total, result) => total + of(result), 0);
const failed = sum((result) => result.failed);
say(`\n  all stages: ${((performance.now() - started) / 1000).toFixed(0)} s`);
say(`${sum((result) => result.passed)} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
