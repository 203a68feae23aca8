// A deployed function's handler, imported as a new environment would and called as API Gateway calls it.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';

const moduleSchema = z.object({
  handler: z.custom<(event: unknown, context: object) => Promise<unknown>>((value) => typeof value === 'function'),
});
const answerSchema = z.object({ statusCode: z.literal(200) });

export type Call = (path: string, body: string, query?: Readonly<Record<string, string>>) => Promise<void>;

/**
 * Starts the function whose unpacked code lies in `directory`.
 * @returns posts a body to a path; rejects unless the answer is 200
 */
export async function startHandler(directory: string): Promise<Call> {
  const { handler } = moduleSchema.parse(await import(pathToFileURL(join(directory, 'index.mjs')).href));
  return async (path, body, query) => {
    const requestContext = { requestId: 'bench', requestTimeEpoch: Date.now() };
    const request = { httpMethod: 'POST', resource: path, path, headers: { 'content-type': 'application/json' } };
    const queryStringParameters = query ?? null;
    answerSchema.parse(
      await handler({ ...request, queryStringParameters, body, isBase64Encoded: false, requestContext }, {}),
    );
  };
}
