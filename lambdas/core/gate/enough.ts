// Least numbers of rows and positives, for the splits that have them.
import type { Check } from './check.ts';
import type { Count } from './data-facts.ts';

export function enough(split: 'training' | 'test', found: Count, least: Count): Check {
  const passed = found.rows >= least.rows && found.positives >= least.positives;
  const asked = `at least ${least.rows} with ${least.positives} are asked for`;
  return {
    name: `enough_${split}_rows`,
    asks: 'data',
    passed,
    value: found.rows,
    limit: least.rows,
    text: `${found.rows} ${split} rows with ${found.positives} readmissions are ${passed ? 'enough' : 'too few'}: ${asked}`,
  };
}
