// What a deployment holds: the dataset of its rows, and the model that it serves.
import { GetItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { z } from 'zod';
import type { Held } from '../choice.ts';
import type { Clients } from '../clients.ts';
import type { StackOutputs } from '../deploy.ts';
import { readHead } from './facts.ts';

const datasetSchema = z.object({ name: z.string() });
const batchSchema = z.object({ source_key: z.string() });

export async function heldBy(clients: Clients, outputs: StackOutputs): Promise<Held> {
  const [dataset, head] = await Promise.all([datasetOf(clients, outputs), readHead(clients, outputs)]);
  return { dataset, champion: head?.version ?? null };
}

async function datasetOf({ dynamo }: Clients, { TrackingTableName: TableName }: StackOutputs): Promise<string | null> {
  const { Item } = await dynamo.send(
    new GetItemCommand({ TableName, Key: marshall({ pk: 'dataset', sk: 'held' }), ConsistentRead: true }),
  );
  if (Item !== undefined) return datasetSchema.parse(unmarshall(Item)).name;
  const { Items = [] } = await dynamo.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: marshall({ ':pk': 'batches' }),
      Limit: 1,
    }),
  );
  const [first] = Items.map((item) => batchSchema.parse(unmarshall(item)));
  if (first === undefined) return null;
  // Taken by a version that did not record it; it named generated files so.
  return first.source_key.startsWith('incoming/synthetic-') ? 'generated-sample' : 'diabetes-130';
}
