// The AWS clients of the gateway, all on one endpoint.
import { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { STSClient } from '@aws-sdk/client-sts';
import { type Credentials, REGION } from '../clients.ts';

export interface GatewayClients {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: Credentials;
  readonly api: APIGatewayClient;
  readonly lambda: LambdaClient;
  readonly sts: STSClient;
  close(): void;
}

export function gatewayClients(endpoint: string, credentials: Credentials): GatewayClients {
  const settings = { endpoint, region: REGION, credentials: { ...credentials } };
  const clients = {
    api: new APIGatewayClient(settings),
    lambda: new LambdaClient(settings),
    sts: new STSClient(settings),
  };
  const close = () => {
    for (const client of Object.values(clients)) client.destroy();
  };
  return { endpoint, region: REGION, credentials, ...clients, close };
}
