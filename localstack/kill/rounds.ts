// Rounds of one kill test: write with several hands, kill everything at a random moment, start again, look.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ListBucketsCommand } from '@aws-sdk/client-s3';
import { makeToken } from '../access/make-token.ts';
import { registerModel, smallModel } from '../e2e/seed-models.ts';
import { sampleChunks } from '../sample/generate.ts';
import { seededRandom } from '../sample/random.ts';
import { uploadSource } from '../upload.ts';
import { type Acknowledged, nothingYet } from './acknowledged.ts';
import { findings } from './findings.ts';
import { type RunningCloud, startCloud } from './killed-cloud.ts';
import { keepWriting } from './writers.ts';

export interface KillTest {
  readonly times: number;
  /** Decides the operations and the moments; how they meet the machine's timing is never the same. */
  readonly seed: number;
  readonly onRound?: (round: Round) => void;
}

export interface Round {
  readonly round: number;
  /** Milliseconds of writing before the kill. */
  readonly after: number;
  readonly saving: boolean;
  /** From start to serving, after the kill. */
  readonly restartMs: number;
  readonly known: Acknowledged;
  readonly findings: readonly string[];
}

const HANDS = 4;
const LONGEST_MS = 3000;
const SAMPLE = { rows: 3000, seed: 5 };

/** All that was found amiss, over all rounds. The folder is kept when something was. */
export async function killTest({ times, seed, onRound }: KillTest): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'readmit-kill-'));
  const random = seededRandom(seed);
  const known = nothingYet();
  let names = 0;
  const name = () => `k${seed}-${++names}`;
  const amiss: string[] = [];
  let cloud = await startCloud(folder);
  const operator = await prepare(cloud, folder);
  const { Buckets = [] } = await cloud.clients.s3.send(new ListBucketsCommand({}));
  try {
    for (let round = 1; round <= times; round++) {
      const after = Math.floor(random() * LONGEST_MS);
      const saving = random() < 0.3;
      await writeAndKill({ cloud, known, operator, random, name }, after, saving);
      const start = performance.now();
      cloud = await startCloud(folder);
      const restartMs = performance.now() - start;
      const found = await findings(cloud, known, Buckets.length);
      amiss.push(...found.map((finding) => `after kill ${round}: ${finding}`));
      onRound?.({ round, after, saving, restartMs, known, findings: found });
    }
  } finally {
    await cloud.kill();
  }
  if (amiss.length === 0) rmSync(folder, { recursive: true, force: true });
  return amiss;
}

async function writeAndKill(scene: Parameters<typeof keepWriting>[0], after: number, saving: boolean): Promise<void> {
  let gone = false;
  const hands = Array.from({ length: HANDS }, () => keepWriting(scene, () => gone));
  await Promise.race([pause(after), Promise.all(hands)]); // a hand that fails ends the test at once
  if (saving) {
    scene.cloud.save();
    await pause(scene.random() * 200);
  }
  gone = true;
  await scene.cloud.kill();
  await Promise.all(hands);
}

/** Three versions to promote, a file to run the chain on, an operator. */
async function prepare({ clients, outputs }: RunningCloud, folder: string): Promise<string> {
  for (const version of [1, 2, 3])
    await registerModel({ clients, outputs }, await smallModel(version, version), version);
  const file = join(folder, 'kill-test.csv');
  writeFileSync(file, [...sampleChunks(SAMPLE)].join(''));
  await uploadSource(clients.s3, outputs.DataBucketName, file);
  return makeToken(clients.dynamo, outputs.RegistryTableName, { name: 'kill test', scopes: ['operate'] });
}
