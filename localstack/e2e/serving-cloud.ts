// The second stack with models to promote and a gateway in front, for tests of serving.
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { inject } from 'vitest';
import type { Scope } from '../../lambdas/core/access/scopes.ts';
import { freePort } from '../engine/ports.ts';
import { type Gateway, type GatewayOptions, startGateway } from '../gateway/gateway.ts';
import { newToken, registerModel, type SeededModel, smallModel } from './seed-models.ts';
import { empty, type Stack, stack } from './stack.ts';

export interface ServingCloud {
  readonly stack: Stack;
  readonly gateway: Gateway;
  /** The engine's own URL of the same API. */
  readonly executeApi: string;
  /** Registered as versions 1, 2, 3; none is promoted. */
  readonly models: readonly SeededModel[];
  /** A bearer token with these scopes. */
  token(...scopes: readonly Scope[]): Promise<string>;
  /** One more gateway in front of the same stack; closed with the cloud. */
  openGateway(options?: Partial<GatewayOptions>): Promise<Gateway>;
  close(): Promise<void>;
}

const SEEDS = [1, 2, 3];

export async function openServingCloud(): Promise<ServingCloud> {
  const on = stack('twin');
  await empty(on);
  const models = await Promise.all(SEEDS.map((seed, index) => smallModel(seed, index + 1)));
  for (const [index, model] of models.entries()) await registerModel(on, model, index + 1);
  const endpoint = inject('endpoint');
  const gateways: Gateway[] = [];
  const openGateway = async (options: Partial<GatewayOptions> = {}) => {
    const codeDirectory = `${inject('folder')}/code`;
    const gateway = await startGateway({
      ...{
        endpoint,
        credentials: inject('credentials'),
        apiId: on.outputs.ApiId,
        port: await freePort(),
        codeDirectory,
      },
      ...options,
    });
    gateways.push(gateway);
    return gateway;
  };
  return {
    stack: on,
    gateway: await openGateway(),
    executeApi: `${endpoint}/restapis/${on.outputs.ApiId}/v1/_user_request_`,
    models,
    openGateway,
    token: (...scopes) => saveToken(on, scopes),
    close: async () => {
      await Promise.all(gateways.map((gateway) => gateway.stop()));
    },
  };
}

async function saveToken({ clients, outputs }: Stack, scopes: readonly Scope[]): Promise<string> {
  const { text, sha256 } = newToken();
  const about = {
    name: `tester-${scopes.join('-')}`,
    scopes,
    created_at: '2026-01-01T00:00:00.000Z',
    expires_at: null,
  };
  const item = { pk: `token#${sha256}`, sk: 'token', ...about };
  await clients.dynamo.send(new PutItemCommand({ TableName: outputs.RegistryTableName, Item: marshall(item) }));
  return text;
}
