// The cloud that this run uses: an engine of our own, or an endpoint that already runs.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Clients, clientsFor, LOCALSTACK_CREDENTIALS } from './clients.ts';
import { startEngine } from './engine/engine.ts';
import { LocalFailure } from './failure.ts';
import { onStop } from './interrupt.ts';
import type { StartOptions } from './options.ts';
import { cloudHome, paths, READMIT } from './paths.ts';

export interface Cloud {
  readonly clients: Clients;
  /** Folder of what this clone knows of the cloud. */
  readonly home: string;
  /** True for our own engine: nobody else starts executions in it. */
  readonly owned: boolean;
  /** A previous engine was ended hard: what it had acknowledged was found again. */
  readonly recovered: boolean;
  /** Resolves when our own engine has ended; never for an endpoint that others run. */
  readonly ended: Promise<unknown>;
  /** Writes all state in one piece, so that the next start is quick; what was answered is durable without it. */
  save(): Promise<void>;
}

/** @throws LocalFailure when a port is taken or nothing answers at the endpoint. */
export async function openCloud(options: StartOptions): Promise<Cloud> {
  const home = cloudHome(options.endpoint, options.dataset);
  if (options.endpoint !== undefined) {
    if (options.fresh) rmSync(home, { recursive: true, force: true });
    await checkEndpoint(options.endpoint);
    const clients = clientsFor(options.endpoint, LOCALSTACK_CREDENTIALS);
    return { clients, home, owned: false, recovered: false, ended: new Promise(() => {}), save: async () => {} };
  }
  mkdirSync(READMIT, { recursive: true, mode: 0o700 });
  const log = join(paths.logs, 'cloud.log');
  const engine = await startEngine({ venv: paths.venv, home, port: options.enginePort, log, fresh: options.fresh });
  onStop(() => engine.stop());
  return {
    clients: clientsFor(engine.endpoint, engine.credentials),
    home,
    owned: true,
    recovered: engine.recovered,
    ended: engine.ended,
    save: () => engine.save(),
  };
}

async function checkEndpoint(endpoint: string): Promise<void> {
  const answer = await fetch(`${endpoint}/_localstack/health`).catch(() => undefined);
  if (answer?.ok) return;
  throw new LocalFailure(
    `No LocalStack-compatible cloud answers at ${endpoint}.`,
    'Start it (for one: docker compose -f localstack/compose.yaml up), or leave out --endpoint.',
  );
}
