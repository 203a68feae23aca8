// What a benchmark of serving needs: a cloud of its own with a model that the chain trained and promoted, kept between
// runs, and a gateway in front.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { healthSchema } from '../../lambdas/core/serving/answers.ts';
import { makeToken } from '../access/make-token.ts';
import { runChain } from '../chain/run.ts';
import { clientsFor } from '../clients.ts';
import { deploy, type StackOutputs } from '../deploy.ts';
import { startEngine } from '../engine/engine.ts';
import { freePort } from '../engine/ports.ts';
import { gatewayClients } from '../gateway/clients.ts';
import { type DeployedFunction, deployedFunction } from '../gateway/deployed-function.ts';
import { startGateway } from '../gateway/gateway.ts';
import { onStop } from '../interrupt.ts';
import { paths, READMIT } from '../paths.ts';
import { findSource } from '../source.ts';
import { uploadSource } from '../upload.ts';

export interface Serving {
  readonly url: string;
  /** The deployed predict function. */
  readonly predict: DeployedFunction;
  /** Whether the model learned from generated rows. */
  readonly synthetic: boolean;
}

export async function openServing(workers: number): Promise<Serving> {
  const home = join(READMIT, 'bench');
  mkdirSync(home, { recursive: true });
  const log = join(paths.logs, 'bench-cloud.log');
  const engine = await startEngine({ venv: paths.venv, home: join(home, 'cloud'), port: await freePort(), log });
  onStop(() => engine.stop());
  const clients = clientsFor(engine.endpoint, engine.credentials);
  const { outputs, sources } = await deploy({ clients, home, log: join(paths.logs, 'bench-deploy.log') });
  const source = await findSource(undefined, process.env.READMIT_DATA, undefined);
  const { key, sha256 } = await uploadSource(clients.s3, outputs.DataBucketName, source.file, source.name);
  await runChain({ clients, outputs, owned: true }, { source: key, sha256, deployed: sources });
  const codeDirectory = join(home, 'code');
  const lambdas = gatewayClients(engine.endpoint, engine.credentials);
  const predict = await deployedFunction(lambdas, predictName(outputs), codeDirectory);
  const gateway = await startGateway({
    ...{ endpoint: engine.endpoint, credentials: engine.credentials, apiId: outputs.ApiId },
    ...{ port: await freePort(), codeDirectory, workers },
  });
  onStop(() => gateway.stop());
  await promoteSomething(gateway.url, await makeToken(clients.dynamo, outputs.RegistryTableName, OPERATOR));
  return { url: gateway.url, predict, synthetic: source.synthetic };
}

const OPERATOR = { name: 'benchmark', scopes: ['operate'], days: 1 } as const;

/** The gate may have refused the model; for measuring speed any is good enough. */
async function promoteSomething(url: string, token: string): Promise<void> {
  const health = healthSchema.parse(await (await fetch(`${url}/health`)).json());
  if (health.model_loaded) return;
  const response = await fetch(`${url}/promotions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ version: 1, reason: 'to be measured' }),
  });
  if (!response.ok) throw new Error(`no model to measure: ${await response.text()}`);
  await fetch(`${url}/reload-model`, { method: 'POST' });
}

function predictName(outputs: StackOutputs): string {
  const names: Readonly<Record<string, string>> = JSON.parse(outputs.FunctionNames);
  return names.Predict;
}
