// What the chain is asked to do, and the execution name that follows from it: the same request is the same execution.
import { createHash } from 'node:crypto';
import type { CandidateInput } from '../../lambdas/core/candidates/candidate.ts';

export interface ChainRequest {
  /** Key in the data bucket, under incoming/. */
  readonly source: string;
  /** Of the source's bytes. */
  readonly sha256: string;
  /** What the file is of; the public dataset by default. */
  readonly dataset?: string;
  /** sha256 of the deployed sources: other code may give another result. */
  readonly deployed: string;
  /** Take only the next batches, and how many were taken before. */
  readonly next?: { readonly batches: number; readonly after: number };
  /** Number of the last withdrawal and the upload that the file came by after it: both change what the same file gives. */
  readonly since?: { readonly withdrawal: number; readonly upload: string | null };
  readonly candidates?: readonly CandidateInput[];
}

/** At most 80 characters, as Step Functions wants: 32 hex digits of the request's sha256 and the attempt. */
export function executionName(request: ChainRequest, attempt: number): string {
  const { source, sha256, dataset, deployed, next = null, candidates = null, since } = request;
  const facts = [
    source,
    sha256,
    deployed,
    next && [next.batches, next.after],
    candidates,
    ...(dataset === undefined ? [] : [dataset]),
  ];
  const text = JSON.stringify(since === undefined ? facts : [...facts, [since.withdrawal, since.upload]]);
  return `${createHash('sha256').update(text).digest('hex').slice(0, 32)}-${attempt}`;
}

export function executionInput({ source, dataset, next, candidates }: ChainRequest, attempt: number): string {
  return JSON.stringify({
    source,
    attempt,
    ...(dataset === undefined ? {} : { dataset }),
    ...(next ? { batchLimit: next.batches } : {}),
    ...(candidates ? { candidates } : {}),
  });
}
