import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { marshall } from '@aws-sdk/util-dynamodb';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { z } from 'zod';
import { type Clients, clientsFor, REGION } from '../clients.ts';
import { objectHashes, stack, trainSample } from './stack.ts';

const main = stack('main');
const REFUSED = /not authorized|AccessDenied|Access Denied/;

// Which items a role may write is a condition on dynamodb:LeadingKeys, which this engine does not evaluate: those are
// asserted on the synthesized template.
describe('a role may do what its function needs, and no more', () => {
  beforeAll(() => trainSample(main));

  const read = async (clients: Clients, prefix: string) => {
    const [Key] = Object.keys(await objectHashes(main, prefix));
    return clients.s3.send(new GetObjectCommand({ Bucket: main.outputs.DataBucketName, Key }));
  };

  it('Train reads training and validation rows and is refused the test rows', async () => {
    const asTrain = await clientsOf('Train');
    await expect(read(asTrain, 'clean/split=train/')).resolves.toBeDefined();
    await expect(read(asTrain, 'clean/split=validation/')).resolves.toBeDefined();
    await expect(read(asTrain, 'clean/split=test/')).rejects.toThrow(REFUSED);
  });

  it('Predict reads models and can write neither a model nor the ledger', async () => {
    const asPredict = await clientsOf('Predict');
    await expect(read(asPredict, 'models/')).resolves.toBeDefined();
    const model = { Bucket: main.outputs.DataBucketName, Key: `models/${'0'.repeat(64)}/model.onnx`, Body: 'forged' };
    await expect(asPredict.s3.send(new PutObjectCommand(model))).rejects.toThrow(REFUSED);
    const entry = { pk: 'ledger#diabetic_risk_model#Production', sk: 'rev#0000000002', version: 1 };
    await expect(
      asPredict.dynamo.send(new PutItemCommand({ TableName: main.outputs.RegistryTableName, Item: marshall(entry) })),
    ).rejects.toThrow(REFUSED);
  });
});

const credentialsSchema = z.object({ AccessKeyId: z.string(), SecretAccessKey: z.string(), SessionToken: z.string() });

/** Clients that act as a function's role. */
async function clientsOf(functionId: string): Promise<Clients> {
  const config = { endpoint: inject('endpoint'), region: REGION, credentials: inject('credentials') };
  const names = z.record(z.string(), z.string()).parse(JSON.parse(main.outputs.FunctionNames));
  const { Role } = await new LambdaClient(config).send(
    new GetFunctionConfigurationCommand({ FunctionName: names[functionId] }),
  );
  const { Credentials } = await new STSClient(config).send(
    new AssumeRoleCommand({ RoleArn: Role, RoleSessionName: 'end-to-end-test' }),
  );
  const { AccessKeyId, SecretAccessKey, SessionToken } = credentialsSchema.parse(Credentials);
  return clientsFor(config.endpoint, {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
  });
}
