// An overlay with the names of a deployed stack filled in, in a folder of its own; the repository stays as it is.
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { LOCALSTACK_CREDENTIALS, REGION } from '../clients.ts';
import { stackOutputsSchema } from '../deploy.ts';
import { keyOfRunning } from '../engine/traces.ts';
import { LocalFailure } from '../failure.ts';
import { cloudHome, READMIT } from '../paths.ts';

export const OVERLAYS = ['offline', 'aws'] as const;
type Overlay = (typeof OVERLAYS)[number];

export interface OverlayOptions {
  readonly overlay: Overlay;
  /** What `cdk deploy --outputs-file` wrote; offline, what npm start deployed last if not given. */
  readonly outputs: string | undefined;
  readonly endpoint: string | undefined;
  readonly region: string;
}

export const HELP = `npm run microk8s:render|microk8s:apply -- [options]

  --overlay offline|aws   where the exporter reads (default: offline)
  --outputs FILE          outputs of the stack, from cdk deploy --outputs-file (offline: of the last npm start)
  --endpoint URL          offline only: a LocalStack instead of this folder's own local cloud
  --region NAME           default: ${REGION}`;

export function parseOverlayOptions(args: readonly string[]): OverlayOptions {
  const options = { overlay: { type: 'string' }, outputs: { type: 'string' }, endpoint: { type: 'string' } } as const;
  const { values } = parseArgs({ args: [...args], options: { ...options, region: { type: 'string' } } });
  const overlay = z.enum(OVERLAYS).default('offline').safeParse(values.overlay);
  if (!overlay.success) throw new LocalFailure(`There is no overlay "${values.overlay}".`, HELP);
  return {
    overlay: overlay.data,
    outputs: values.outputs,
    endpoint: values.endpoint,
    region: values.region ?? REGION,
  };
}

/** Copies base and overlays and writes the overlay's stack.env; gives the overlay's folder. */
export function stageOverlay(options: OverlayOptions): string {
  const home = join(READMIT, 'microk8s');
  rmSync(home, { recursive: true, force: true });
  mkdirSync(home, { recursive: true, mode: 0o700 });
  for (const folder of ['base', 'operator', 'overlays']) {
    cpSync(join(import.meta.dirname, folder), join(home, folder), { recursive: true });
  }
  const folder = join(home, 'overlays', options.overlay);
  const cloud = options.overlay === 'offline' ? cloudOf(options.endpoint) : null;
  writeFileSync(join(folder, 'stack.env'), stackEnvironment(options, cloud?.endpoint));
  if (cloud !== null) writeFileSync(join(folder, 'credentials.env'), lines(cloud.credentials), { mode: 0o600 });
  return folder;
}

/** Where the exporter reads, and the key that it signs with. */
function cloudOf(endpoint: string | undefined) {
  const own = keyOfRunning(cloudHome(undefined));
  const isOwn = own !== null && (endpoint === undefined || endpoint === own.endpoint);
  const { accessKeyId, secretAccessKey } = isOwn ? own.credentials : LOCALSTACK_CREDENTIALS;
  return {
    endpoint: isOwn ? own.endpoint : (endpoint ?? 'http://127.0.0.1:4566'),
    credentials: { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey },
  };
}

function stackEnvironment({ overlay, outputs, region }: OverlayOptions, endpoint: string | undefined): string {
  const stack = readOutputs(overlay, outputs);
  return lines({
    ...(endpoint === undefined ? {} : { AWS_ENDPOINT_URL: endpoint }),
    AWS_REGION: region,
    DATA_BUCKET: stack.DataBucketName,
    TRACKING_TABLE: stack.TrackingTableName,
    REGISTRY_TABLE: stack.RegistryTableName,
    METRICS_TABLE: stack.MetricsTableName,
    STATE_MACHINE_ARN: stack.StateMachineArn,
  });
}

const lines = (values: Readonly<Record<string, string>>) =>
  Object.entries(values)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');

function readOutputs(overlay: Overlay, file: string | undefined) {
  const deployed = z.object({ outputs: stackOutputsSchema }).transform(({ outputs }) => outputs);
  const written = z.record(z.string(), stackOutputsSchema).transform((stacks) => Object.values(stacks)[0]);
  const path = file ?? join(cloudHome(undefined), 'deploy.json');
  const remedy = overlay === 'offline' ? 'Run npm start once, or give --outputs FILE.' : 'Give --outputs FILE.';
  if ((overlay === 'aws' && file === undefined) || !existsSync(path)) {
    throw new LocalFailure('The names of the deployed stack are not known.', remedy);
  }
  const found = z.union([deployed, written, stackOutputsSchema]).safeParse(JSON.parse(readFileSync(path, 'utf8'))).data;
  if (found === undefined) throw new LocalFailure(`${path} holds no outputs of a readmit stack.`, remedy);
  return found;
}
