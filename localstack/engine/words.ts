// What the engine's launcher says on its way: lines of JSON on a pipe of their own.
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { z } from 'zod';

const wordSchema = z.union([
  z.object({ saved: z.literal(true) }),
  z.object({ problem: z.string(), remedy: z.string().default('') }),
]);
export type EngineWord = z.infer<typeof wordSchema>;

/** The words in their order; ends with the engine. Listens from now on: what nobody reads is dropped when it ends. */
export function readWords(pipe: unknown): AsyncIterator<EngineWord, undefined> {
  if (!(pipe instanceof Readable)) throw new Error('the engine has no pipe to speak on');
  const lines = createInterface({ input: pipe })[Symbol.asyncIterator]();
  return {
    next: async () => {
      const line = await lines.next();
      return line.done
        ? { done: true, value: undefined }
        : { done: false, value: wordSchema.parse(JSON.parse(line.value)) };
    },
  };
}
