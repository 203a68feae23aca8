// The bearer tokens that there are: only the sha256 of each is kept, so they are told apart by its first letters.
import { DeleteItemCommand, type DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { type AccessToken, accessTokenSchema } from '../../lambdas/core/access/scopes.ts';
import { LocalFailure } from '../failure.ts';

export interface KnownToken extends AccessToken {
  /** First letters of its sha256. */
  readonly id: string;
}

const PREFIX = 'token#';
const ID_LETTERS = 12;

/** Newest first. */
export async function listTokens(dynamo: DynamoDBClient, registryTable: string): Promise<KnownToken[]> {
  const hashes = await tokenHashes(dynamo, registryTable);
  return [...hashes]
    .map(([sha256, token]) => ({ id: sha256.slice(0, ID_LETTERS), ...token }))
    .sort((a, b) => b.created_at.localeCompare(a.created_at));
}

/** @throws LocalFailure when no token or more than one has this id */
export async function revokeToken(dynamo: DynamoDBClient, registryTable: string, id: string): Promise<KnownToken> {
  const hashes = await tokenHashes(dynamo, registryTable);
  const [found, ...others] = [...hashes].filter(([sha256]) => sha256.startsWith(id));
  if (found === undefined) throw new LocalFailure(`There is no token ${id}.`, 'npm run token -- --list shows them.');
  if (others.length > 0) throw new LocalFailure(`Several tokens begin with ${id}.`, 'Give more letters of the id.');
  const [sha256, token] = found;
  const Key = marshall({ pk: `${PREFIX}${sha256}`, sk: 'token' });
  await dynamo.send(new DeleteItemCommand({ TableName: registryTable, Key }));
  return { id: sha256.slice(0, ID_LETTERS), ...token };
}

async function tokenHashes(dynamo: DynamoDBClient, TableName: string): Promise<Map<string, AccessToken>> {
  const found = new Map<string, AccessToken>();
  const query = {
    ...{ TableName, FilterExpression: 'begins_with(pk, :prefix)', ConsistentRead: true },
    ExpressionAttributeValues: { ':prefix': { S: PREFIX } },
  };
  for await (const { Items = [] } of paginateScan({ client: dynamo }, query)) {
    for (const { pk, ...item } of Items.map((item) => unmarshall(item))) {
      found.set(String(pk).slice(PREFIX.length), accessTokenSchema.parse(item));
    }
  }
  return found;
}
