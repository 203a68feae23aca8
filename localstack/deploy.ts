// Deploys the CDK app to a local endpoint, unless what is there was made from the very same sources.
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { z } from 'zod';
import { type Clients, clientEnvironment } from './clients.ts';
import { deployLine } from './deploy/lines.ts';
import { firstProblem } from './deploy/problem.ts';
import { sourceHash } from './deploy/source-hash.ts';
import { DiskFullError, LocalFailure, LostStackError } from './failure.ts';
import { readWhole, writeWhole } from './files.ts';
import { ROOT } from './paths.ts';
import { ensureKeys } from './signing/keys.ts';

/** Names of the deployed things, from the stack's outputs. */
export const stackOutputsSchema = z.object({
  ApiUrl: z.string(),
  ApiId: z.string(),
  DataBucketName: z.string(),
  CheckpointBucketName: z.string(),
  TrackingTableName: z.string(),
  RegistryTableName: z.string(),
  MetricsTableName: z.string(),
  StateMachineArn: z.string(),
  /** JSON: CDK id of each function -> its deployed name. */
  FunctionNames: z.string(),
});
export type StackOutputs = z.infer<typeof stackOutputsSchema>;

export interface Deployment {
  readonly outputs: StackOutputs;
  /** sha256 of the sources that were deployed. */
  readonly sources: string;
  readonly fresh: boolean;
}

export interface DeployOptions {
  readonly clients: Clients;
  /** Folder for the record of the deployment. */
  readonly home: string;
  readonly log: string;
  /** The cloud is our own and keeps what was deployed: a stack that was there and is not is lost, not to be made again. */
  readonly owned?: boolean;
  readonly environment?: string;
  readonly context?: Readonly<Record<string, string>>;
  readonly onProgress?: (line: string) => void;
  readonly signal?: AbortSignal;
}

const recordSchema = z.object({ sources: z.string(), outputs: stackOutputsSchema });

/** @throws LocalFailure with the first error that CloudFormation or the CDK reported. */
export async function deploy(options: DeployOptions): Promise<Deployment> {
  const context = {
    ...{ offline: 'true', environment: options.environment ?? 'local' },
    // Functions of a cloud that is not on this machine could not read them.
    ...(options.owned === false ? {} : { signingKeys: ensureKeys(join(options.home, 'keys')) }),
    ...options.context,
  };
  const stackName = `readmit-${context.environment}`;
  const record = join(options.home, 'deploy.json');
  const sources = sourceHash(context);
  const known = readWhole(record, recordSchema);
  const status = await stackStatus(options.clients, stackName);
  if (typeof known === 'object') {
    if (status === undefined && options.owned) throw new LostStackError(stackName, known.outputs.DataBucketName);
    if (known.sources === sources && /^(CREATE|UPDATE)_COMPLETE$/.test(status ?? '')) return { ...known, fresh: false };
    // Until the new deployment has ended well: there is a stack, and it is to be deployed again.
    writeWhole(record, JSON.stringify({ sources: '', outputs: known.outputs }));
  }
  mkdirSync(options.home, { recursive: true });
  await createAssetBucket(options.clients);
  const outputsFile = join(options.home, 'outputs.json');
  await runCdk(options, stackName, context, outputsFile);
  const outputs = z.record(z.string(), stackOutputsSchema).parse(JSON.parse(readFileSync(outputsFile, 'utf8')))[
    stackName
  ];
  if (outputs === undefined) throw new LocalFailure('The deployment gave no outputs.', `See ${options.log}.`);
  writeWhole(record, JSON.stringify({ sources, outputs }));
  return { sources, outputs, fresh: true };
}

/** Undefined when there is no such stack. */
async function stackStatus({ cloudFormation }: Clients, stackName: string): Promise<string | undefined> {
  try {
    const { Stacks } = await cloudFormation.send(new DescribeStacksCommand({ StackName: stackName }));
    return Stacks?.[0]?.StackStatus;
  } catch (error) {
    if (error instanceof Error && /does not exist/.test(error.message)) return undefined;
    throw error;
  }
}

/** All that the CDK's bootstrap would have to bring here: the bucket for the functions' code. */
async function createAssetBucket({ s3 }: Clients): Promise<void> {
  try {
    await s3.send(new CreateBucketCommand({ Bucket: 'cdk-hnb659fds-assets-000000000000-us-east-1' }));
  } catch (error) {
    if (!(error instanceof Error) || !/BucketAlready/.test(error.name)) throw error;
  }
}

async function runCdk(
  { clients, home, log, onProgress, signal }: DeployOptions,
  stackName: string,
  context: Readonly<Record<string, string>>,
  outputsFile: string,
): Promise<void> {
  const out = openSync(log, 'w');
  const cdk = spawn(
    process.execPath,
    [
      join(ROOT, 'node_modules', 'aws-cdk', 'bin', 'cdk'),
      ...['deploy', stackName, '--require-approval', 'never', '--progress', 'events', '--method', 'direct', '--ci'],
      ...['--outputs-file', outputsFile, '--output', join(home, 'cdk.out'), '--no-color', '--no-notices'],
      ...Object.entries(context).flatMap(([key, value]) => ['-c', `${key}=${value}`]),
    ],
    {
      cwd: ROOT,
      env: { ...process.env, ...clientEnvironment(clients), CI: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(signal ? { signal } : {}),
    },
  );
  const follow = async (stream: NodeJS.ReadableStream) => {
    for await (const line of createInterface({ input: stream })) {
      writeFileSync(out, `${line}\n`);
      const said = deployLine(line);
      if (said) onProgress?.(said);
    }
  };
  const code = new Promise<number>((resolve, reject) => {
    cdk.once('error', reject);
    cdk.once('close', (status) => resolve(status ?? 1));
  });
  await Promise.all([follow(cdk.stdout), follow(cdk.stderr), code]).finally(() => closeSync(out));
  if ((await code) !== 0) {
    const problem = firstProblem(readFileSync(log, 'utf8'));
    if (/ENOSPC|no space left/i.test(problem)) throw new DiskFullError();
    throw new LocalFailure(
      `The deployment failed: ${problem}.`,
      `The whole story is in ${log}; if the local state is at fault, npm start -- --fresh begins anew.`,
    );
  }
}
