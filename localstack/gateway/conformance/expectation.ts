// One thing that a client of the API may rely on, told over HTTP alone.
import type { z } from 'zod';
import type { Scope } from '../../../lambdas/core/access/scopes.ts';
import { LOW_RISK_PRESET } from '../../../lambdas/core/encounter/examples.ts';
import { problemSchema } from '../../../lambdas/core/serving/answers.ts';

export interface Expectation {
  readonly name: string;
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'PATCH' | 'DELETE' | 'OPTIONS';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as it is when it is text or bytes, as JSON otherwise. */
  readonly body?: unknown;
  /** Which token the request carries. */
  readonly token?: Scope | 'unknown';
  readonly status: number;
  readonly answerHeaders?: Readonly<Record<string, RegExp>>;
  /** The body's shape; what it parses to goes to `check`. */
  readonly shape?: z.ZodType;
  /** Pointers of the fields that a 422 names, in any order. */
  readonly fields?: readonly string[];
  /** Text that the body holds. */
  readonly contains?: string;
}

export const JSON_ANSWER = {
  'content-type': /^application\/json/,
  'cache-control': /no-store/,
  'x-content-type-options': /nosniff/,
};
export const PROBLEM_ANSWER = { ...JSON_ANSWER, 'content-type': /^application\/problem\+json/ };
export const refused = (name: string, status: number, more: Partial<Expectation>): Expectation => ({
  ...{
    name,
    method: 'POST',
    path: '/predict',
    body: LOW_RISK_PRESET,
    status,
    answerHeaders: PROBLEM_ANSWER,
    shape: problemSchema,
  },
  ...more,
});
