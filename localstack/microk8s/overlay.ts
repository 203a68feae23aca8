// An overlay with the names of a deployed stack filled in, in a folder of its own; the repository stays as it is.
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { REGION } from '../clients.ts';
import { stackOutputsSchema } from '../deploy.ts';
import { LocalFailure } from '../failure.ts';
import { cloudHome, READMIT } from '../paths.ts';

export const OVERLAYS = ['offline', 'aws'] as const;
type Overlay = (typeof OVERLAYS)[number];

export interface OverlayOptions {
  readonly overlay: Overlay;
  /** What `cdk deploy --outputs-file` wrote; offline, what npm start deployed last if not given. */
  readonly outputs: string | undefined;
  readonly endpoint: string;
  readonly region: string;
}

export const HELP = `npm run microk8s:render|microk8s:apply -- [options]

  --overlay offline|aws   where the exporter reads (default: offline)
  --outputs FILE          outputs of the stack, from cdk deploy --outputs-file (offline: of the last npm start)
  --endpoint URL          offline only (default: http://127.0.0.1:4566)
  --region NAME           default: ${REGION}`;

export function parseOverlayOptions(args: readonly string[]): OverlayOptions {
  const options = { overlay: { type: 'string' }, outputs: { type: 'string' }, endpoint: { type: 'string' } } as const;
  const { values } = parseArgs({ args: [...args], options: { ...options, region: { type: 'string' } } });
  const overlay = z.enum(OVERLAYS).default('offline').safeParse(values.overlay);
  if (!overlay.success) throw new LocalFailure(`There is no overlay "${values.overlay}".`, HELP);
  return {
    overlay: overlay.data,
    outputs: values.outputs,
    endpoint: values.endpoint ?? 'http://127.0.0.1:4566',
    region: values.region ?? REGION,
  };
}

/** Copies base and overlays and writes the overlay's stack.env; gives the overlay's folder. */
export function stageOverlay(options: OverlayOptions): string {
  const home = join(READMIT, 'microk8s');
  rmSync(home, { recursive: true, force: true });
  for (const folder of ['base', 'operator', 'overlays']) {
    cpSync(join(import.meta.dirname, folder), join(home, folder), { recursive: true });
  }
  const folder = join(home, 'overlays', options.overlay);
  writeFileSync(join(folder, 'stack.env'), stackEnvironment(options));
  return folder;
}

function stackEnvironment({ overlay, outputs, endpoint, region }: OverlayOptions): string {
  const stack = readOutputs(overlay, outputs);
  const values = {
    ...(overlay === 'offline' ? { AWS_ENDPOINT_URL: endpoint } : {}),
    AWS_REGION: region,
    DATA_BUCKET: stack.DataBucketName,
    TRACKING_TABLE: stack.TrackingTableName,
    REGISTRY_TABLE: stack.RegistryTableName,
    METRICS_TABLE: stack.MetricsTableName,
    STATE_MACHINE_ARN: stack.StateMachineArn,
  };
  return Object.entries(values)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}

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
