// npm start: the local cloud, the deployment, the chain from file to promoted model, then the API until Ctrl-C.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_CANDIDATES } from '../lambdas/core/candidates/candidate.ts';
import { replayBatches } from './chain/replay.ts';
import type { ChainRequest } from './chain/request.ts';
import { runChain } from './chain/run.ts';
import { assertSameDataset, servesOnly } from './choice.ts';
import { type Cloud, openCloud } from './cloud.ts';
import { type Deployment, deploy } from './deploy.ts';
import { isPortFree } from './engine/ports.ts';
import { describeFailure, LocalFailure } from './failure.ts';
import { onStop, stopAll, watchForEnd } from './interrupt.ts';
import { HELP, parseOptions, type StartOptions } from './options.ts';
import { buildPage } from './page.ts';
import { paths } from './paths.ts';
import { during, leaveOpenLine, say } from './progress.ts';
import { newestCheckpoint } from './report/checkpoint.ts';
import { heldBy } from './report/held.ts';
import { type LastRun, lastRunOf, writeLastRun } from './report/last-run.ts';
import { summaryLines } from './report/summary.ts';
import { findSource, type Source } from './source.ts';
import { uploadSource } from './upload.ts';
import { readClaims, withdrawBatch } from './withdraw.ts';

async function start(options: StartOptions): Promise<number> {
  if (!options.once && !(await isPortFree(options.port))) {
    throw new LocalFailure(
      `Port ${options.port} (the API) is in use by another program.`,
      `Stop that program, or choose another port: npm start -- --port ${options.port + 1}`,
    );
  }
  const cloud = await during(
    'Local cloud',
    () => openCloud(options),
    ({ clients }) => clients.endpoint,
  );
  if (cloud.recovered) say('    the last run was ended hard: all that it had acknowledged is there');
  const deployment = await during(
    'Deployment',
    (open) => deployTo(cloud, open.update),
    ({ fresh }) => (fresh ? 'deployed' : 'unchanged'),
  );
  if (deployment.fresh) await cloud.save();

  const held = await heldBy(cloud.clients, deployment.outputs);
  if (servesOnly(options, process.env.READMIT_DATA, held)) {
    say(
      `  Version ${held.champion} is promoted (${held.dataset}): nothing is trained. With data: npm start -- --data FILE`,
    );
    return options.once ? 0 : serve(options, cloud, deployment);
  }
  const source = await during('Data', () => findSource(options.data, process.env.READMIT_DATA, options.rows), nameOf);
  assertSameDataset(source.dataset, held);
  if (source.synthetic) say(SYNTHETIC);
  const run = await trainOn(source, options, cloud, deployment);
  await cloud.save();
  if (options.once) return exitCodeOf(run);
  if (run.champion === null) throw new LocalFailure('There is no promoted model to serve.', 'The reason is above.');
  return serve(options, cloud, deployment);
}

/** 3 tells a file that was refused from a challenger that was not good enough, which is a good end. */
function exitCodeOf({ outcome, refused_data }: LastRun): number {
  if (outcome === 'failed') return 1;
  return refused_data ? 3 : 0;
}

function deployTo({ clients, home, owned }: Cloud, onProgress: (line: string) => void): Promise<Deployment> {
  const control = new AbortController();
  onStop(() => control.abort());
  return deploy({ clients, home, owned, log: join(paths.logs, 'deploy.log'), onProgress, signal: control.signal });
}

/** Uploads the source and runs the chain on it; prints the closing table and writes last-run.json. */
async function trainOn(source: Source, options: StartOptions, cloud: Cloud, deployment: Deployment): Promise<LastRun> {
  const { clients, owned } = cloud;
  const { outputs, sources: deployed } = deployment;
  const tracking = outputs.TrackingTableName;
  const { withdraw } = options;
  if (withdraw !== undefined)
    await during(
      'Withdrawal',
      () => withdrawBatch(clients.dynamo, tracking, withdraw),
      () => `batch ${withdraw}`,
    );
  const { withdrawn } = await readClaims(clients.dynamo, tracking);
  // A file that is named gives its withdrawn batches again; the one that is taken by default does not.
  const again = (sha256: string) =>
    options.data !== undefined &&
    withdraw === undefined &&
    withdrawn.some(({ batch }) => batch.source_sha256 === sha256);
  const uploaded = await during(
    'Upload',
    () => uploadSource(clients.s3, outputs.DataBucketName, source.file, source.name, again),
    ({ key, bytes, sent }) => `${key}, ${(bytes / 1e6).toFixed(1)} MB${sent ? '' : ', already there'}`,
  );
  const request: ChainRequest = {
    source: uploaded.key,
    sha256: uploaded.sha256,
    dataset: source.dataset,
    deployed,
    ...(withdrawn.length > 0
      ? { since: { withdrawal: Math.max(...withdrawn.map((one) => one.withdrawal.seq)), upload: uploaded.version } }
      : {}),
    ...candidatesOf(options),
  };
  const place = { clients, outputs, owned };
  const end = await (options.batchByBatch ? replayBatches(place, request) : runChain(place, request));
  const context = { source: source.file, synthetic: source.synthetic, ...end };
  const run = lastRunOf(end.facts, context);
  writeLastRun(paths.lastRun, run);
  say('');
  for (const line of summaryLines(run, end.facts)) say(line);
  const checkpoint = await newestCheckpoint(clients, outputs);
  if (checkpoint !== null) {
    const file = join(paths.logs, '..', 'checkpoint.txt');
    writeFileSync(file, checkpoint);
    say(`\n  Signed checkpoint of the ledger (npm run verify -- --checkpoint .readmit/checkpoint.txt):\n`);
    for (const line of checkpoint.trimEnd().split('\n')) say(`    ${line}`);
  }
  return run;
}

/** Named ones take the place of the standard ones; a search joins either. */
function candidatesOf({ candidates, search }: StartOptions): Pick<ChainRequest, 'candidates'> {
  if (candidates.length === 0 && search === undefined) return {};
  const named = candidates.length > 0 ? candidates : DEFAULT_CANDIDATES;
  return { candidates: [...named, ...(search === undefined ? [] : [searchOf(search)])] };
}

const searchOf = (configurations: number) => ({
  algorithm: 'search' as const,
  name: 'search',
  params: { configurations },
});

async function serve(options: StartOptions, cloud: Cloud, { outputs }: Deployment): Promise<never> {
  const { clients, home } = cloud;
  const pageDirectory = await during('Web page', () => buildPage());
  const { startGateway } = await import('./gateway/gateway.ts');
  const gateway = await startGateway({
    endpoint: clients.endpoint,
    credentials: clients.credentials,
    apiId: outputs.ApiId,
    port: options.port,
    allowHosts: options.allowHosts,
    allowOrigins: options.allowOrigins,
    codeDirectory: join(home, 'code'),
    pageDirectory,
  });
  onStop(() => gateway.stop());
  const url = `http://localhost:${options.port}`;
  say(`\n  Serving on ${url} until Ctrl-C. Docs: ${url}/docs. Try it:\n`);
  say(`  curl -s ${url}/predict -H 'content-type: application/json' -d @localstack/examples/high-risk.json\n`);
  serving = true;
  await cloud.ended;
  throw new LocalFailure('The local cloud ended by itself.', 'The reason is at the end of .readmit/logs/cloud.log.');
}

const nameOf = ({ file, synthetic }: Source) => (synthetic ? `generated sample ${file}` : file);

const SYNTHETIC = `
    ┌──────────────────────────────────────────────────────────────────────────────────┐
    │ SYNTHETIC DATA. No real patient stands behind these rows; what is trained on      │
    │ them says nothing about anyone. Real data: npm run data, or --data FILE.          │
    └──────────────────────────────────────────────────────────────────────────────────┘
`;

let serving = false;
const interrupted = new Promise<number>((resolve) => {
  watchForEnd((why) => {
    leaveOpenLine();
    say(`\n  stopping (${why}) ...`);
    resolve(serving ? 0 : 130);
  });
});

let exitCode = 1;
try {
  const options = parseOptions(process.argv.slice(2));
  if (options.help) {
    console.log(HELP);
    exitCode = 0;
  } else {
    exitCode = await Promise.race([start(options), interrupted]);
  }
} catch (error) {
  console.error(`\n${describeFailure(error)}`);
}
await stopAll();
process.exit(exitCode);
