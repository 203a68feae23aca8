// The newest signed checkpoint of the ledger, for the end of a run.
import { GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import type { Clients } from '../clients.ts';
import type { StackOutputs } from '../deploy.ts';

/** The signed note, or null while nothing was signed. */
export async function newestCheckpoint({ s3 }: Clients, outputs: StackOutputs): Promise<string | null> {
  const Bucket = outputs.CheckpointBucketName;
  let last: string | undefined;
  for (let more = true; more; ) {
    const after = last === undefined ? {} : { StartAfter: last };
    const page = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: `${LOG}/`, ...after }));
    last = page.Contents?.at(-1)?.Key ?? last;
    more = page.IsTruncated === true;
  }
  if (last === undefined) return null;
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: last }));
  return (await Body?.transformToString()) ?? null;
}

const LOG = 'readmit-local/diabetic_risk_model/Production';
