// Errors as clients see them: problem details (RFC 9457). One table names every kind that this service answers.

/** Kinds of problem: the HTTP status and the title that never changes for the kind. */
const KINDS = {
  'malformed-json': { status: 400, title: 'The body is not JSON' },
  'malformed-request': { status: 400, title: 'The request is malformed' },
  unauthenticated: { status: 401, title: 'A bearer token is needed' },
  forbidden: { status: 403, title: 'The token does not allow this' },
  'no-route': { status: 404, title: 'There is no such route' },
  'not-found': { status: 404, title: 'There is no such thing' },
  'wrong-method': { status: 405, title: 'The route has other methods' },
  conflict: { status: 409, title: 'It does not fit the current state' },
  tampered: { status: 409, title: 'What is stored is not what was recorded' },
  'rev-changed': { status: 412, title: 'The ledger has moved on' },
  'too-large': { status: 413, title: 'The body is too large' },
  'not-json': { status: 415, title: 'The body must be application/json' },
  'not-plain': { status: 415, title: 'The body must be plain text in UTF-8' },
  invalid: { status: 422, title: 'The request does not fit the contract' },
  busy: { status: 429, title: 'Too many requests at once' },
  internal: { status: 500, title: 'The service failed' },
  'no-model': { status: 503, title: 'No model is promoted' },
  unavailable: { status: 503, title: 'A part of the service is not reachable' },
  timeout: { status: 504, title: 'The service did not answer in time' },
} as const;

export type ProblemKind = keyof typeof KINDS;

/** One field that is wrong: RFC 6901 pointer into the body, the field path, and what to do about it. */
export interface FieldError {
  readonly pointer: string;
  readonly field: string;
  readonly detail: string;
  readonly code: string;
}

export interface Problem {
  /** A URN naming the kind; clients may switch on it. */
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly errors?: FieldError[];
  readonly request_id?: string;
}

export const PROBLEM_MEDIA_TYPE = 'application/problem+json';

export function statusOf(kind: ProblemKind): number {
  return KINDS[kind].status;
}

export function titleOf(kind: ProblemKind): string {
  return KINDS[kind].title;
}

export function problem(kind: ProblemKind, detail: string, errors?: FieldError[]): Problem {
  const { status, title } = KINDS[kind];
  return { type: `urn:readmit:problem:${kind}`, title, status, detail, ...(errors === undefined ? {} : { errors }) };
}

/** Thrown where a request can go no further; the HTTP shell turns it into the answer. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly problem: Problem;
  readonly kind: ProblemKind;

  constructor(kind: ProblemKind, detail: string, errors?: FieldError[], options?: ErrorOptions) {
    super(detail, options);
    this.kind = kind;
    this.problem = problem(kind, detail, errors);
  }
}
