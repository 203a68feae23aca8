// What a verification reads of the service; nothing of it is believed before it is checked.
import { z } from 'zod';
import { keysSchema, ledgerSchema, proofSchema } from '../../lambdas/core/operations/answers.ts';
import { LocalFailure } from '../failure.ts';

const modelSchema = z.looseObject({
  sha256: z.string(),
  manifest: z.unknown(),
  model_sig: z.string().nullable(),
  signature: z.unknown(),
  evaluation: z.unknown(),
  card: z.unknown(),
});

export type Api = ReturnType<typeof openApi>;

export function openApi(url: string, token: string | undefined) {
  const get = async <T>(path: string, schema: z.ZodType<T>): Promise<T> => {
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const response = await fetch(new URL(path, url), { headers }).catch((cause: unknown) => {
      throw new LocalFailure(`Nothing answers at ${url}.`, 'Start the service, or name another with --url.', { cause });
    });
    const answer: unknown = await response.json();
    if (response.ok) return schema.parse(answer);
    const { detail } = z.object({ detail: z.string() }).catch({ detail: '' }).parse(answer);
    throw new LocalFailure(
      `GET ${path} was answered with ${response.status}: ${detail}`,
      'That is a finding by itself.',
    );
  };
  return {
    keys: () => get('/ledger/keys', keysSchema),
    entries: async () => (await get('/ledger', ledgerSchema)).entries,
    consistency: (from: number, to: number) => get(`/ledger/proof?from=${from}&to=${to}`, proofSchema),
    inclusion: (rev: number, size: number) => get(`/ledger/proof?rev=${rev}&to=${size}`, proofSchema),
    model: (version: number) => get(`/models/${version}`, modelSchema),
  };
}
