// Registers small models, so that serving can be tested without running the chain. Their data is made up.
import { randomUUID } from 'node:crypto';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { marshall } from '@aws-sdk/util-dynamodb';
import fc from 'fast-check';
import { fittableSchema } from '../../lambdas/core/candidates/candidate.ts';
import { fitCandidate } from '../../lambdas/core/candidates/fit.ts';
import { serializeModel } from '../../lambdas/core/candidates/model.ts';
import { probabilities } from '../../lambdas/core/candidates/score.ts';
import { SeenGatherer } from '../../lambdas/core/candidates/seen.ts';
import { makeSignature } from '../../lambdas/core/candidates/sign.ts';
import { canonicalJson, sha256Hex } from '../../lambdas/core/canonical.ts';
import { DEFAULT_DATASET } from '../../lambdas/core/dataset/named.ts';
import { encounterSchema } from '../../lambdas/core/encounter/contract.ts';
import { featureSet } from '../../lambdas/core/encounter/features/index.ts';
import type { LabelledMatrix } from '../../lambdas/core/encounter/matrix.ts';
import { evaluate } from '../../lambdas/core/evaluation/evaluate.ts';
import { numberPatients, rankRows } from '../../lambdas/core/evaluation/ranking.ts';
import { exportOnnx } from '../../lambdas/core/onnx/export.ts';
import type { ModelManifest } from '../../lambdas/core/provenance/model-manifest.ts';
import { keys, type ModelFile } from '../../lambdas/core/run/keys.ts';
import type { Clients } from '../clients.ts';
import type { StackOutputs } from '../deploy.ts';
import { validBody } from './bodies.ts';

export interface SeededModel {
  readonly sha256: string;
  readonly algorithm: string;
  readonly files: Readonly<Partial<Record<ModelFile, Uint8Array | string>>>;
}

const ROWS = 1200;
const FILES: readonly ModelFile[] = [
  ...(['model.onnx', 'trees.json', 'signature.json', 'evaluation.json', 'card.json', 'manifest.json'] as const),
];
const { features, write } = featureSet(DEFAULT_DATASET);

/** Another seed gives another model; the same seed the same bytes. */
export async function smallModel(seed: number, version: number): Promise<SeededModel> {
  const seen = new SeenGatherer();
  const train = rows(seed, seen);
  const validation = rows(seed + 1000);
  const candidate = fittableSchema.parse({
    algorithm: 'gradient_boosting',
    seed,
    params: { rounds: 60, min_child_weight: 2 },
  });
  const { model } = await fitCandidate(candidate, { train, validation }, { threads: 1 });
  const scores = probabilities(model, validation);
  const signature = makeSignature({
    modelName: 'diabetic_risk_model',
    algorithm: candidate.algorithm,
    runId: `seeded-${seed}`,
    features,
    dataset: DEFAULT_DATASET,
    datasetSha256: sha256Hex(`seeded ${seed}`),
    train: { probabilities: probabilities(model, train), labels: train.labels },
    validation: rankRows(validation.labels, scores, numberPatients(validation.groups)),
    seen: seen.result(),
  });
  const trees = serializeModel(model);
  const signed = canonicalJson(signature);
  const onnx = exportOnnx(model, features, { signature_sha256: sha256Hex(signed), trees_sha256: sha256Hex(trees) });
  const evaluation = evaluate({
    ...{ labels: validation.labels, groups: validation.groups, probabilities: scores, slices: {} },
    ...{ threshold: signature.threshold.value, resamples: 20, seed: 1 },
  });
  const files = {
    'model.onnx': onnx,
    'trees.json': trees,
    'signature.json': signed,
    'evaluation.json': canonicalJson(evaluation),
  };
  const sha256 = sha256Hex(onnx);
  const manifest: ModelManifest = {
    ...{ model_sha256: sha256, version, run_id: `seeded-${seed}`, plan: 'none', plan_sha256: sha256Hex('none') },
    ...{ dataset_sha256: signature.training_data.dataset_sha256, code_version: 'none', clean: [] },
    files: Object.fromEntries(Object.entries(files).map(([file, bytes]) => [file, sha256Hex(bytes)])),
  };
  return { sha256, algorithm: candidate.algorithm, files: { ...files, 'manifest.json': canonicalJson(manifest) } };
}

export const objectKey = (model: SeededModel, file: ModelFile) => keys.model(model.sha256, file);

/** Stores a model's files and registers it as a version, as Promote does before it writes to the ledger. */
export async function registerModel(
  { clients, outputs }: { readonly clients: Clients; readonly outputs: StackOutputs },
  model: SeededModel,
  version: number,
): Promise<void> {
  for (const file of FILES) {
    const Body = model.files[file];
    if (Body === undefined) continue;
    const Key = objectKey(model, file);
    await clients.s3.send(new PutObjectCommand({ Bucket: outputs.DataBucketName, Key, Body }));
  }
  const item = {
    pk: 'model#diabetic_risk_model',
    sk: `version#${String(version).padStart(10, '0')}`,
    ...{ version, sha256: model.sha256, algorithm: model.algorithm, run_id: `seeded-${version}` },
    ...{ dataset_sha256: 'made up', created_at: '2026-01-01T00:00:00.000Z' },
  };
  await clients.dynamo.send(new PutItemCommand({ TableName: outputs.RegistryTableName, Item: marshall(item) }));
}

/** A token's text and its sha256, as the authorizer looks it up. */
export function newToken(): { readonly text: string; readonly sha256: string } {
  const text = `test-${randomUUID()}`;
  return { text, sha256: sha256Hex(text) };
}

function rows(seed: number, seen?: SeenGatherer): LabelledMatrix {
  const bodies = fc.sample(validBody(), { seed, numRuns: ROWS });
  const values = new Float32Array(ROWS * features.length);
  const labels = new Uint8Array(ROWS);
  for (const [row, body] of bodies.entries()) {
    const encounter = encounterSchema.parse(body);
    seen?.add(encounter);
    write(encounter, values, row * features.length);
    const chance = 1 / (1 + Math.exp(2.5 - 0.15 * encounter.number_inpatient));
    labels[row] = Number.parseInt(sha256Hex(`${seed}:${row}`).slice(0, 8), 16) / 2 ** 32 < chance ? 1 : 0;
  }
  const groups = Float64Array.from({ length: ROWS }, (_, row) => Math.floor(row / 2));
  return { features, rows: ROWS, values, labels, groups };
}
