// npm start -- --withdraw ID, and what a start must know of the withdrawals that there were.
import {
  ConditionalCheckFailedException,
  PutItemCommand,
  QueryCommand,
  type QueryCommandOutput,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { type ClaimEntry, type Claims, claimEntrySchema, foldClaims } from '../lambdas/core/run/claims.ts';
import { withdraw } from '../lambdas/core/run/withdraw.ts';
import type { Clients } from './clients.ts';
import { LocalFailure } from './failure.ts';

type Dynamo = Clients['dynamo'];

/** The log of claims as it stands. */
export async function readClaims(dynamo: Dynamo, TableName: string): Promise<Claims> {
  const entries: ClaimEntry[] = [];
  let start: QueryCommandOutput['LastEvaluatedKey'];
  do {
    const page: QueryCommandOutput = await dynamo.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: marshall({ ':pk': 'claims' }),
        ConsistentRead: true,
        ...(start ? { ExclusiveStartKey: start } : {}),
      }),
    );
    entries.push(...(page.Items ?? []).map((item) => claimEntrySchema.parse(unmarshall(item))));
    start = page.LastEvaluatedKey;
  } while (start);
  return foldClaims(entries);
}

/** Takes a batch back in the name of whoever sits at this machine. @throws LocalFailure when there is no such batch */
export async function withdrawBatch(dynamo: Dynamo, TableName: string, batchId: number): Promise<void> {
  for (;;) {
    const answer = withdraw(await readClaims(dynamo, TableName), {
      batch_id: batchId,
      reason: 'npm start -- --withdraw',
      actor: 'local',
      time: new Date().toISOString(),
    });
    if (!answer.ok) throw new LocalFailure(answer.message, 'Nothing was changed.');
    const Item = marshall({ pk: 'claims', sk: `claim#${String(answer.entry.seq).padStart(10, '0')}`, ...answer.entry });
    try {
      await dynamo.send(new PutItemCommand({ TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' }));
      return;
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error; // else the log moved on: look again
    }
  }
}
