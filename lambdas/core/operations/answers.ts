// The shapes of the registry's answers, for the API description and for tests.
import * as z from 'zod';
import { ledgerEntrySchema } from '../ledger/entry.ts';

export const entrySchema = ledgerEntrySchema.meta({
  id: 'LedgerEntry',
  description: 'Which version an alias points to from a time on, by whom, why; hashed together with the entry before',
});

const registeredSchema = z.looseObject({
  version: z.int(),
  sha256: z.string().meta({ description: 'Of model.onnx; names the folder models/<sha256>/' }),
  algorithm: z.string(),
  run_id: z.string(),
  dataset_sha256: z.string(),
  created_at: z.string(),
  stage: z.string().nullable().meta({ description: 'Production for the served version' }),
});

const holdSchema = z
  .object({ rev: z.int(), actor: z.string(), time: z.string(), reason: z.string(), until: z.string().nullable() })
  .nullable()
  .meta({ description: 'Stops the pipeline from promoting while it stands; null otherwise' });

export const modelListSchema = z
  .object({
    model_name: z.string(),
    stage: z.string(),
    served_version: z.int().nullable(),
    hold: holdSchema.optional(),
    models: z.array(registeredSchema),
  })
  .meta({ id: 'ModelList', description: 'All registered versions, newest first' });

export const modelDetailSchema = registeredSchema
  .extend({
    model_name: z.string(),
    history: z.array(entrySchema).meta({ description: 'When it became the served one' }),
    signature: z.unknown().meta({ description: 'Inputs, threshold, training data, reliability' }),
    evaluation: z.unknown().meta({ description: 'Metrics on the test split with 95 % intervals, slices, curves' }),
    manifest: z.unknown().meta({ description: 'Origin of the model, and the sha256 of its files' }),
    model_sig: z
      .string()
      .nullable()
      .meta({ description: 'Its signature: a Sigstore bundle, as model_signing reads it' }),
    card: z.unknown().meta({ description: 'The model card' }),
  })
  .meta({ id: 'ModelDetail' });

export const runListSchema = z
  .object({ experiment: z.string(), runs: z.array(z.record(z.string(), z.unknown())) })
  .meta({ id: 'RunList' });

export const runSchema = z.looseObject({ experiment: z.string() }).meta({ id: 'Run' });

export const ledgerSchema = z
  .object({
    model: z.string(),
    alias: z.string(),
    verification: z.object({
      valid: z.boolean(),
      entries: z.int(),
      rev: z.int().optional().meta({ description: 'Where the chain breaks first' }),
      problem: z.string().optional(),
      text: z.string().optional(),
    }),
    entries: z.array(z.unknown()).meta({ description: 'As stored, lowest rev first' }),
    hold: holdSchema.optional(),
    at: z.string().optional(),
    served: entrySchema.nullable().optional().meta({ description: 'With ?at=: the entry in force then' }),
  })
  .meta({ id: 'Ledger' });

export const evaluationAnswerSchema = z
  .object({
    run_id: z.string(),
    evaluation: z.unknown().meta({ description: 'Null for a run that failed before it was measured' }),
    fit: z.unknown().meta({ description: 'How the fit went, round by round' }),
  })
  .meta({ id: 'RunEvaluation' });

export const stoppedSchema = z.object({ name: z.string(), status: z.literal('ABORTED') }).meta({ id: 'Stopped' });

export const withdrawnSchema = z
  .object({
    batch_id: z.int(),
    claim: z.int().meta({ description: 'Number in the log of claims' }),
    reason: z.string(),
    actor: z.string(),
    time: z.string(),
  })
  .meta({ id: 'Withdrawn', description: 'A batch that later plans leave out' });

export const startedSchema = z
  .object({ name: z.string(), execution_arn: z.string(), input: z.record(z.string(), z.unknown()) })
  .meta({ id: 'Started' });

const hashes = z.array(z.string()).meta({ description: 'Base64, in the order of RFC 9162' });
const tree = { size: z.int().meta({ description: 'Entries in the tree' }), root: z.string() };

export const proofSchema = z
  .discriminatedUnion('kind', [
    z.object({
      kind: z.literal('inclusion'),
      ...tree,
      rev: z.int(),
      leaf: z.string().meta({ description: 'What is hashed as leaf rev - 1: the entry as canonical JSON' }),
      hashes,
    }),
    z.object({ kind: z.literal('consistency'), ...tree, from: z.int(), from_root: z.string(), hashes }),
  ])
  .meta({ id: 'Proof', description: 'Of the Merkle tree over the entries of the ledger (RFC 9162)' });

export const keysSchema = z
  .object({
    checkpoints: z.string().nullable().meta({ description: 'Ed25519 key in the form of signed notes: name+id+base64' }),
    models: z.string().nullable().meta({ description: 'ECDSA P-256 key in PEM, for model_signing verify key' }),
  })
  .meta({ id: 'Keys', description: 'Null where nothing is signed' });
