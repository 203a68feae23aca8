// Promotions at the same instant: the registry's handler many times in this process, since a deployed environment takes
// one event at a time.
import { z } from 'zod';
import { useStack } from './in-process.ts';
import type { Stack } from './stack.ts';

const handlerSchema = z.object({
  handler: z.custom<(event: unknown, context: object) => Promise<unknown>>((value) => typeof value === 'function'),
});
const answerSchema = z.object({ statusCode: z.number() });

/** Promotes all these versions at once. @returns the status of each answer */
export async function raced({ clients, outputs }: Stack, versions: readonly number[]): Promise<number[]> {
  useStack(outputs, clients, {});
  const { handler } = handlerSchema.parse(await import('../../lambdas/api/registry/handler.ts'));
  const answers = versions.map((version, i) => handler(promotion(version, `racer-${i}`), {}));
  return (await Promise.all(answers)).map((answer) => answerSchema.parse(answer).statusCode);
}

const promotion = (version: number, actor: string) => ({
  httpMethod: 'POST',
  resource: '/promotions',
  path: '/promotions',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ version, reason: `${actor} was here` }),
  isBase64Encoded: false,
  requestContext: { requestId: actor, authorizer: { actor, scopes: 'operate' } },
});
