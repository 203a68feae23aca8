// Bearer tokens in the Registry table, found by the sha256 of their text.

import type { z } from 'zod';
import type { AccessToken } from '../core/access/scopes.ts';
import { settings } from './settings.ts';
import { getItem } from './tables.ts';

/** The token with this sha256, or null. An expired one may still be found: DynamoDB deletes it some time later. */
export function findToken(sha256: string, schema: z.ZodType<AccessToken>): Promise<AccessToken | null> {
  return getItem(settings().registryTable, `token#${sha256}`, 'token', schema);
}
