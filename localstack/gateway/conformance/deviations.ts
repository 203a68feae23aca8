// Asks a server and says what is not as expected.
import { z } from 'zod';
import { problemSchema } from '../../../lambdas/core/serving/answers.ts';
import type { Expectation } from './expectation.ts';

export type Tokens = Readonly<Record<NonNullable<Expectation['token']>, string>>;

/** What is not as expected, one sentence each; empty when all is well. */
export async function deviations(base: string, expected: Expectation, tokens: Tokens): Promise<string[]> {
  const { method = 'GET', path, headers = {}, body, token } = expected;
  const response = await fetch(`${base}${path}`, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
      ...(token === undefined ? {} : { authorization: `Bearer ${tokens[token]}` }),
    },
    ...(body === undefined ? {} : { body: isRaw(body) ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const found: string[] = [];
  if (response.status !== expected.status) found.push(`status ${response.status}: ${text.slice(0, 300)}`);
  for (const [name, pattern] of Object.entries(expected.answerHeaders ?? {})) {
    const value = response.headers.get(name) ?? '';
    if (!pattern.test(value)) found.push(`header ${name} is "${value}"`);
  }
  if (expected.contains !== undefined && !text.includes(expected.contains))
    found.push(`the body lacks ${expected.contains}`);
  if (expected.shape !== undefined) found.push(...shapeProblems(expected.shape, text));
  if (expected.fields !== undefined) found.push(...fieldProblems(expected.fields, text));
  if (/\bat .+\(?(file:|node:|\/).+:\d+:\d+/.test(text) && response.status >= 400)
    found.push('the body shows a stack trace');
  return found;
}

const isRaw = (body: unknown): body is string | Buffer<ArrayBuffer> =>
  typeof body === 'string' || Buffer.isBuffer(body);

function shapeProblems(shape: z.ZodType, text: string): string[] {
  const parsed = shape.safeParse(JSON.parse(text));
  return parsed.success ? [] : [`the body's shape: ${z.prettifyError(parsed.error)}`];
}

function fieldProblems(fields: readonly string[], text: string): string[] {
  const { errors = [] } = problemSchema.parse(JSON.parse(text));
  const named = [...new Set(errors.map(({ pointer }) => pointer))].sort().join();
  return named === fields.toSorted().join() ? [] : [`the fields named are ${named}`];
}
