// Before all end-to-end tests: one cloud on a free port with IAM enforced, two deployments of the app, one sample file.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { type Credentials, clientsFor } from '../clients.ts';
import { deploy, type StackOutputs } from '../deploy.ts';
import { startEngine } from '../engine/engine.ts';
import { freePort } from '../engine/ports.ts';
import { paths } from '../paths.ts';
import { generateSample } from '../sample/generate.ts';

declare module 'vitest' {
  interface ProvidedContext {
    readonly endpoint: string;
    /** The key of the cloud at the endpoint. */
    readonly credentials: Credentials;
    /** Temporary folder of this test run. */
    readonly folder: string;
    /** A generated sample of three batches, enough for a calibrated model. */
    readonly sample: string;
    readonly main: StackOutputs;
    readonly twin: StackOutputs;
  }
}

export const SAMPLE_ROWS = 40_000;

export default async function setup({ provide }: TestProject) {
  const folder = mkdtempSync(join(tmpdir(), 'readmit-e2e-'));
  const home = join(folder, 'cloud');
  const engine = await startEngine({
    venv: paths.venv,
    home,
    port: await freePort(),
    log: join(paths.logs, 'e2e-cloud.log'),
    auth: true,
    openApi: true,
  });
  const teardown = async () => {
    await engine.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const clients = clientsFor(engine.endpoint, engine.credentials);
    const deployAs = (environment: string) =>
      deploy({
        clients,
        environment,
        home: join(folder, environment),
        log: join(paths.logs, `e2e-${environment}.log`),
      });
    const sample = join(folder, 'sample.csv');
    const [main, twin] = await Promise.all([
      deployAs('main'),
      deployAs('twin'),
      generateSample({ file: sample, rows: SAMPLE_ROWS, seed: 7 }),
    ]);
    provide('endpoint', engine.endpoint);
    provide('credentials', engine.credentials);
    provide('folder', folder);
    provide('sample', sample);
    provide('main', main.outputs);
    provide('twin', twin.outputs);
  } catch (error) {
    await teardown();
    throw error;
  }
  return teardown;
}
