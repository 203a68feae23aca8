// What an engine leaves behind: a note of its process, and, when it was ended hard, the processes of its Lambdas.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { LocalFailure } from '../failure.ts';
import { readWhole, writeWhole } from '../files.ts';
import { type Key, readKey } from './key.ts';
import { isRunning, processesNaming, signalProcess } from './processes.ts';

const note = z.object({
  pid: z.number().int().positive(),
  port: z.number().int(),
  /** The process that started it and stops it. */
  parent: z.number().int().positive(),
});
const LEAVING_MS = 3000;
const noteFile = (home: string) => join(home, 'engine.json');

export function markRunning(home: string, running: Omit<z.infer<typeof note>, 'parent'>): void {
  writeWhole(noteFile(home), JSON.stringify({ ...running, parent: process.pid }));
}

export function markStopped(home: string): void {
  rmSync(noteFile(home), { force: true });
}

/** The key of the engine that runs in `home`, or null when none does, whatever stands on its port now. */
export function keyOfRunning(home: string): Key | null {
  return engineIn(home) === undefined ? null : readKey(home);
}

/**
 * Makes `home` safe to start an engine in: stops one that still runs there (its parent was ended hard, and it
 * saves on the way), ends Lambda processes of one that was itself ended hard, and empties its temporary files.
 * A note that is missing or damaged changes nothing: the engine's command line names its home.
 * Resolves to true when an engine was ended hard.
 * @throws LocalFailure when the program that started the running one still runs, too.
 */
export async function endWhatWasLeft(home: string): Promise<boolean> {
  const known = readWhole(noteFile(home), note);
  const engine = engineIn(home);
  if (engine) {
    const parent = typeof known === 'object' && known.pid === engine.pid ? known.parent : undefined;
    if (parent === undefined) await untilGone(engine.pid, LEAVING_MS); // it takes its note away just before it ends
    if (isRunning(engine.pid) && (parent === undefined || isRunning(parent))) {
      throw new LocalFailure(
        `readmit runs in this folder already (process ${parent ?? engine.pid}).`,
        'Stop it with Ctrl-C first, or use another clone.',
      );
    }
    await stopGently(engine.pid);
  }
  for (const left of processesNaming(`${join(home, 'tmp')}/`)) signalProcess(left.pid, 'SIGKILL');
  rmSync(join(home, 'tmp'), { recursive: true, force: true });
  markStopped(home);
  return known !== 'missing' && !engine;
}

const engineIn = (home: string) =>
  processesNaming('launch.py').find(({ command }) => command.trimEnd().endsWith(` ${home}`));

async function stopGently(pid: number): Promise<void> {
  signalProcess(pid, 'SIGTERM');
  if (await untilGone(pid, 30_000)) return;
  throw new LocalFailure(`An earlier local cloud (process ${pid}) does not stop.`, `End it with kill -9 ${pid}.`);
}

async function untilGone(pid: number, patienceMs: number): Promise<boolean> {
  for (let waited = 0; waited < patienceMs; waited += 100) {
    if (!isRunning(pid)) return true;
    await pause(100);
  }
  return !isRunning(pid);
}
