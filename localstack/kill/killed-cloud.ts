// A whole running readmit in a folder of its own that can be ended hard at any moment and started again.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { type Clients, clientsFor } from '../clients.ts';
import { type StackOutputs, stackOutputsSchema } from '../deploy.ts';
import { readKey } from '../engine/key.ts';
import { freePort } from '../engine/ports.ts';
import { processesNaming, signalProcess } from '../engine/processes.ts';

const readySchema = z.object({
  endpoint: z.string(),
  engine: z.int(),
  recovered: z.boolean(),
  fresh: z.boolean(),
  url: z.string(),
  outputs: stackOutputsSchema,
});

export interface RunningCloud {
  readonly clients: Clients;
  readonly outputs: StackOutputs;
  /** Of the gateway. */
  readonly url: string;
  /** An engine before this one had been ended hard. */
  readonly recovered: boolean;
  /** The stack was deployed by this start. */
  readonly fresh: boolean;
  /** Begins to write all state in one piece; does not wait for it. */
  save(): void;
  /** kill -9 of every process of it at once. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts it in `folder`, or starts it there again. @throws Error with the program's last words when it does not serve */
export async function startCloud(folder: string): Promise<RunningCloud> {
  const ports = [String(await freePort()), String(await freePort())];
  const child = spawn(process.execPath, [join(import.meta.dirname, 'serve.ts'), folder, ...ports], {
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });
  let errors = '';
  child.stderr.on('data', (chunk) => {
    errors = `${errors}${chunk}`.slice(-2000);
  });
  const ended = once(child, 'exit');
  const [line] = await Promise.race([once(createInterface({ input: child.stdout }), 'line'), ended.then(() => [null])]);
  if (line === null) throw new Error(`it does not start again: ${errors}`);
  const ready = readySchema.parse(JSON.parse(String(line)));
  const key = readKey(join(folder, 'cloud'));
  if (key === null) throw new Error('the local cloud left no key');
  return {
    ...ready,
    clients: clientsFor(key.endpoint, key.credentials),
    save: () => child.stdin.write('save\n'),
    kill: async () => {
      child.stdin.on('error', () => undefined); // a save that was on its way
      signalProcess(-ready.engine, 'SIGKILL');
      signalProcess(-(child.pid ?? 0), 'SIGKILL');
      for (const { pid } of processesNaming(folder)) signalProcess(pid, 'SIGKILL');
      await ended;
    },
    stop: async () => {
      child.stdin.end();
      await ended;
    },
  };
}
