// The version of the code that decides what a run computes.
import { createHash } from 'node:crypto';

/** One hash of the step functions' code: other code, even on the same rows, is another run. */
export function codeVersion(codeHashes: readonly string[]): string {
  return createHash('sha256')
    .update([...codeHashes].sort().join('\n'))
    .digest('hex')
    .slice(0, 16);
}
