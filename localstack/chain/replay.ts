// --batch-by-batch: the arrival of the data replayed, one execution a batch, each challenger against its champion.
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { z } from 'zod';
import { say } from '../progress.ts';
import type { ChainRequest } from './request.ts';
import { type ChainEnd, type ChainPlace, runChain } from './run.ts';

const progressSchema = z.object({ batches: z.number(), complete: z.boolean() });

/** Runs executions until the source is used up or one fails; resolves to the last. */
export async function replayBatches(place: ChainPlace, request: ChainRequest): Promise<ChainEnd> {
  for (;;) {
    const before = await sourceProgress(place, request.sha256);
    say(`\n  Batch ${before.batches + 1}`);
    const end = await runChain(place, { ...request, next: { batches: 1, after: before.batches } });
    say(`    ${lineOf(end)}`);
    const after = await sourceProgress(place, request.sha256);
    if (end.facts.outcome === 'failed' || after.complete || after.batches === before.batches) return end;
  }
}

async function sourceProgress({ clients, outputs }: ChainPlace, sha256: string) {
  const { Item } = await clients.dynamo.send(
    new GetItemCommand({
      TableName: outputs.TrackingTableName,
      Key: marshall({ pk: `source#${sha256}`, sk: 'progress' }),
      ConsistentRead: true,
    }),
  );
  return Item ? progressSchema.parse(unmarshall(Item)) : { batches: 0, complete: false };
}

function lineOf({ facts }: ChainEnd): string {
  const rows = facts.report ? `${facts.report.rows.toLocaleString('en-US')} rows so far; ` : '';
  const serving = facts.champion ? `version ${facts.champion.version} serves` : 'no model serves';
  return `${rows}${facts.outcome}: ${facts.reason}; ${serving}`;
}
