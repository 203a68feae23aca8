// A deployed stack with a gateway in front and models to promote, for tests of serving. Nothing outside of its folder.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Scope } from '../../lambdas/core/access/scopes.ts';
import { type Clients, clientsFor } from '../clients.ts';
import { deploy, type StackOutputs } from '../deploy.ts';
import { startEngine } from '../engine/engine.ts';
import { freePort } from '../engine/ports.ts';
import { type Gateway, startGateway } from '../gateway/gateway.ts';
import { paths } from '../paths.ts';
import { newToken, objectKey, type SeededModel, smallModel } from './seed-models.ts';

export interface ServingCloud {
  readonly clients: Clients;
  readonly outputs: StackOutputs;
  readonly gateway: Gateway;
  /** The engine's own URL of the same API. */
  readonly executeApi: string;
  /** Registered as versions 1, 2, 3; none is promoted. */
  readonly models: readonly SeededModel[];
  /** A bearer token with these scopes. */
  token(...scopes: readonly Scope[]): Promise<string>;
  /** Another gateway in front of the same stack. */
  openGateway(options: { workers?: number; queueLimit?: number }): Promise<Gateway>;
  close(): Promise<void>;
}

const SEEDS = [1, 2, 3];
const MODEL_FILES = ['model.onnx', 'trees.json', 'signature.json', 'evaluation.json'] as const;

export async function openServingCloud(): Promise<ServingCloud> {
  const home = mkdtempSync(join(tmpdir(), 'readmit-serving-'));
  const engine = await startEngine({
    venv: paths.venv,
    home: join(home, 'engine'),
    port: await freePort(),
    log: join(home, 'engine.log'),
    auth: true,
  });
  const clients = clientsFor(engine.endpoint);
  const { outputs } = await deploy({ clients, home, log: join(home, 'deploy.log') });
  const models = await Promise.all(SEEDS.map(smallModel));
  for (const [index, model] of models.entries()) await register(clients, outputs, model, index + 1);
  const openGateway = async (options: { workers?: number; queueLimit?: number }) =>
    startGateway({
      ...{ endpoint: engine.endpoint, apiId: outputs.ApiId, port: await freePort() },
      ...{ codeDirectory: join(home, 'code'), pageDirectory: join(home, 'page'), ...options },
    });
  const gateway = await openGateway({});
  return {
    clients,
    outputs,
    gateway,
    executeApi: `${engine.endpoint}/restapis/${outputs.ApiId}/v1/_user_request_`,
    models,
    openGateway,
    token: (...scopes) => saveToken(clients, outputs, scopes),
    close: async () => {
      await gateway.stop();
      await engine.stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

async function register(
  { s3, dynamo }: Clients,
  outputs: StackOutputs,
  model: SeededModel,
  version: number,
): Promise<void> {
  for (const file of MODEL_FILES) {
    const key = objectKey(model, file);
    await s3.send(new PutObjectCommand({ Bucket: outputs.DataBucketName, Key: key, Body: model.files[file] }));
  }
  const item = {
    pk: 'model#diabetic_risk_model',
    sk: `version#${String(version).padStart(10, '0')}`,
    ...{ version, sha256: model.sha256, algorithm: model.algorithm, run_id: `seeded-${version}` },
    ...{ dataset_sha256: 'made up', created_at: '2026-01-01T00:00:00.000Z' },
  };
  await dynamo.send(new PutItemCommand({ TableName: outputs.RegistryTableName, Item: marshall(item) }));
}

async function saveToken({ dynamo }: Clients, outputs: StackOutputs, scopes: readonly Scope[]): Promise<string> {
  const { text, sha256 } = newToken();
  const about = {
    name: `tester-${scopes.join('-')}`,
    scopes,
    created_at: '2026-01-01T00:00:00.000Z',
    expires_at: null,
  };
  const item = { pk: `token#${sha256}`, sk: 'token', ...about };
  await dynamo.send(new PutItemCommand({ TableName: outputs.RegistryTableName, Item: marshall(item) }));
  return text;
}
