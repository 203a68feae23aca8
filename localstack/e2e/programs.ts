// Other programs that a test starts beside the gateway: the exporter and Prometheus, on free ports of 127.0.0.1.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { clientEnvironment } from '../clients.ts';
import { freePort } from '../engine/ports.ts';
import { RULES } from '../microk8s/operator/rules.ts';
import type { Stack } from './stack.ts';

export interface Program {
  readonly url: string;
  stop(): Promise<void>;
}

const EXPORTER = join(import.meta.dirname, '..', 'microk8s', 'exporter', 'main.ts');

export async function startExporter(endpoint: string, { outputs, clients: { credentials } }: Stack): Promise<Program> {
  const port = await freePort();
  const child = spawn(process.execPath, [EXPORTER], {
    env: {
      ...{
        PATH: process.env.PATH,
        PORT: String(port),
        CACHE_SECONDS: '1',
        ...clientEnvironment({ endpoint, credentials }),
      },
      ...{ DATA_BUCKET: outputs.DataBucketName, STATE_MACHINE_ARN: outputs.StateMachineArn },
      ...{ TRACKING_TABLE: outputs.TrackingTableName, REGISTRY_TABLE: outputs.RegistryTableName },
      METRICS_TABLE: outputs.MetricsTableName,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return running(child, `http://127.0.0.1:${port}`, '/healthz');
}

/** A Prometheus that scrapes these URLs each second and knows the project's rules. */
export async function startPrometheus(targets: readonly string[]): Promise<Program> {
  const folder = mkdtempSync(join(tmpdir(), 'readmit-prometheus-'));
  const hosts = targets.map((url) => new URL(url).host);
  const config = {
    global: { scrape_interval: '1s', evaluation_interval: '1s' },
    rule_files: [RULES],
    scrape_configs: [{ job_name: 'readmit', static_configs: [{ targets: hosts }] }],
  };
  writeFileSync(join(folder, 'prometheus.yml'), JSON.stringify(config)); // JSON is YAML
  const port = await freePort();
  const child = spawn(
    'prometheus',
    [
      ...[`--config.file=${join(folder, 'prometheus.yml')}`, `--storage.tsdb.path=${join(folder, 'data')}`],
      ...[`--web.listen-address=127.0.0.1:${port}`, '--log.level=warn'],
    ],
    { stdio: ['ignore', 'ignore', 'ignore'] },
  );
  const program = await running(child, `http://127.0.0.1:${port}`, '/-/ready');
  const stop = async () => {
    await program.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { url: program.url, stop };
}

async function running(child: ChildProcess, url: string, path: string): Promise<Program> {
  const ended = once(child, 'exit');
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM');
      await ended;
    }
  };
  await until(`${url}${path} answers`, async () => {
    if (child.exitCode !== null) throw new Error(`${child.spawnfile} ended with ${child.exitCode}`);
    return (await fetch(url + path).catch(() => null))?.ok === true;
  });
  return { url, stop };
}

/** Asks again until it is so. @throws after a minute */
export async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 60_000;
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`after a minute it is still not so that ${what}`);
    await pause(250);
  }
}
