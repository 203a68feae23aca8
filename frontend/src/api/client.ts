// Requests to the API: answers parsed by the schema of the route, problems as errors, and whether anybody answers at all.
import type { z } from 'zod';
import { problemSchema } from '../../../lambdas/core/serving/answers.ts';
import { createStore } from '../store.ts';
import { config } from './config.ts';
import { token } from './token.ts';

/** What the API says is wrong (RFC 9457). */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly status: number;
  readonly title: string;
  readonly fields: readonly { readonly field: string; readonly detail: string }[];

  constructor(problem: z.infer<typeof problemSchema>) {
    super(problem.detail);
    this.status = problem.status;
    this.title = problem.title;
    this.fields = problem.errors ?? [];
  }
}

/** Nobody answers, or something that is not the API. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
}

/** False from a request that nobody answered until one that somebody did. */
export const reachable = createStore(true);

export interface RequestOptions<T> {
  readonly schema: z.ZodType<T>;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

export async function request<T>(method: 'GET' | 'POST', path: string, options: RequestOptions<T>): Promise<T> {
  const response = await send(method, path, options.body, options.signal);
  const body: unknown = await response.json().catch(() => null);
  if (response.ok) return options.schema.parse(body);
  throw new ApiProblem(problemOf(response.status, body));
}

export async function requestText(path: string): Promise<string> {
  const response = await send('GET', path);
  if (response.ok) return response.text();
  throw new ApiProblem(problemOf(response.status, await response.json().catch(() => null)));
}

async function send(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<Response> {
  const { api } = await config();
  const bearer = token.get();
  const headers: Record<string, string> = { accept: 'application/json' };
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (bearer !== null) headers.authorization = `Bearer ${bearer}`;
  try {
    const response = await fetch(`${api}${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
    if (!reachable.get()) reachable.set(true);
    return response;
  } catch (error) {
    if (signal?.aborted === true) throw error;
    reachable.set(false);
    throw new Unreachable(`${method} ${path} was not answered`);
  }
}

/** API Gateway's own failures have no status in the body, and what stands before it may answer anything. */
function problemOf(status: number, body: unknown): z.infer<typeof problemSchema> {
  const problem = problemSchema.safeParse(typeof body === 'object' ? { status, ...body } : body);
  return problem.data ?? { type: 'about:blank', title: `HTTP ${status}`, status, detail: `HTTP ${status}` };
}
