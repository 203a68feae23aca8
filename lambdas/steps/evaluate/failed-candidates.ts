// Candidates whose fit failed: when the run goes on without them, and when it does not.
import type { Trained } from '../../core/run/trained.ts';

type Failed = Extract<Trained, { outcome: 'failed' }>;

export interface FailedCandidate {
  readonly index: number;
  readonly name: string;
  readonly error: string;
}

interface Named {
  readonly algorithm: string;
  readonly name?: string | undefined;
}

/**
 * The failed ones, to be reported. The run goes on with the rest by this rule: at least one candidate was trained, and of the
 * champion's own algorithm (the plan's first, while there is no champion) not all have failed: else a slip that breaks
 * the algorithm in service would let a lesser one take over, or pass as a rejection.
 * @param planned candidates of the plan, by index
 * @throws CandidatesFailedError
 */
export function failedCandidates(
  results: readonly Trained[],
  planned: readonly Named[],
  championAlgorithm: string | null,
): FailedCandidate[] {
  const failed = results.filter((result) => result.outcome === 'failed').map((result) => describe(result, planned));
  if (failed.length === 0) return [];
  const asked = championAlgorithm ?? planned[0]?.algorithm;
  const ofKind = results.filter(({ index }) => planned[index]?.algorithm === asked);
  const kindIsLost = ofKind.length > 0 && ofKind.every(({ outcome }) => outcome === 'failed');
  const noneIsLeft = results.every(({ outcome }) => outcome === 'failed');
  if (noneIsLeft) throw new CandidatesFailedError('every candidate failed', failed);
  if (kindIsLost) throw new CandidatesFailedError(`every candidate of the kind in service (${asked}) failed`, failed);
  return failed;
}

function describe({ index, error }: Failed, planned: readonly Named[]): FailedCandidate {
  const { name, algorithm = `candidate ${index}` } = planned[index] ?? {};
  return { index, name: name ?? algorithm, error: sentenceOf(error) };
}

/** A Lambda's cause is JSON with the message in it; what was killed has words only, or none. */
function sentenceOf({ Error: kind, Cause: cause }: Failed['error']): string {
  const message = /"errorMessage":\s*"((?:[^"\\]|\\.)*)"/.exec(cause)?.[1] ?? cause;
  return `${kind}${message === '' ? '' : `: ${message.slice(0, 300)}`}`;
}

export class CandidatesFailedError extends Error {
  override readonly name = 'CandidatesFailedError';
  constructor(what: string, failed: readonly FailedCandidate[]) {
    super(`${what}: ${failed.map(({ name, error }) => `${name} by ${error}`).join('; ')}`);
  }
}
