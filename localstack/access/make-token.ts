// Makes bearer tokens: the text is given once, its sha256 is kept in the Registry table.
import { randomBytes } from 'node:crypto';
import { type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { accessTokenSchema, type Scope } from '../../lambdas/core/access/scopes.ts';
import { sha256Hex } from '../../lambdas/core/canonical.ts';

export interface TokenRequest {
  /** Who the token is for; the ledger names them. */
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** Days until it ends; without, it does not. */
  readonly days?: number;
}

/** @returns the token's text, which cannot be had again */
export async function makeToken(
  dynamo: DynamoDBClient,
  registryTable: string,
  { name, scopes, days }: TokenRequest,
): Promise<string> {
  const text = `rdm_${randomBytes(32).toString('base64url')}`;
  const now = Date.now();
  const token = accessTokenSchema.parse({
    name,
    scopes: [...new Set(scopes)],
    created_at: new Date(now).toISOString(),
    expires_at: days === undefined ? null : Math.floor(now / 1000) + days * 86_400,
  });
  const item = marshall({ pk: `token#${sha256Hex(text)}`, sk: 'token', ...token });
  await dynamo.send(new PutItemCommand({ TableName: registryTable, Item: item }));
  return text;
}
