// What a thread of the simulation is told, and what it tells.
import { z } from 'zod';

const rightsSchema = z.object({ read: z.array(z.string()), write: z.array(z.string()), list: z.boolean() });

export const settingsSchema = z.object({
  /** Name of a planted fault, or null. */
  planted: z.string().nullable(),
  rights: z.record(z.string(), rightsSchema),
});
export type UniverseSettings = z.infer<typeof settingsSchema>;

const actSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('upload'), file: z.number(), name: z.string() }),
  z.object({ kind: z.literal('replace'), file: z.number(), name: z.string() }),
  z.object({ kind: z.literal('execute'), name: z.string() }),
  z.object({ kind: z.literal('stop') }),
  z.object({ kind: z.literal('promote'), nth: z.number() }),
  z.object({ kind: z.literal('rollback') }),
  z.object({ kind: z.literal('hold') }),
  z.object({ kind: z.literal('release') }),
  z.object({ kind: z.literal('predict'), environment: z.number(), requests: z.number() }),
  z.object({ kind: z.literal('sleep'), milliseconds: z.number() }),
  z.object({ kind: z.literal('deliver') }),
  z.object({ kind: z.literal('scrape') }),
  z.object({ kind: z.literal('kill one') }),
  z.object({ kind: z.literal('kill all') }),
]);

export const historySchema = z.object({
  seed: z.number(),
  percent: z.number(),
  steps: z.array(z.object({ id: z.number(), act: actSchema, until: z.union([z.number(), z.literal('all')]) })),
  spared: z.array(z.string()),
});

export const messageSchema = z.object({ id: z.number(), history: historySchema });

const resultSchema = z.object({
  seed: z.number(),
  violation: z.object({ invariant: z.string(), text: z.string() }).nullable(),
  faults: z.array(z.string()),
  trace: z.string(),
  events: z.number(),
  entries: z.number(),
  executions: z.number(),
});
export type ToldResult = z.infer<typeof resultSchema>;

export const toldSchema = z.union([
  z.object({ ready: z.literal(true) }),
  z.object({ id: z.number(), result: resultSchema }),
  z.object({ id: z.number(), failed: z.string() }),
]);
