// What an engine leaves behind: a note of its process, and, when it was ended hard, the processes of its Lambdas.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { LocalFailure } from '../failure.ts';
import { isRunning, processesNaming, signalProcess } from './processes.ts';

const note = z.object({
  pid: z.number().int().positive(),
  port: z.number().int(),
  /** The process that started it and stops it. */
  parent: z.number().int().positive(),
});
const noteFile = (home: string) => join(home, 'engine.json');

export function markRunning(home: string, running: Omit<z.infer<typeof note>, 'parent'>): void {
  mkdirSync(home, { recursive: true });
  writeFileSync(noteFile(home), JSON.stringify({ ...running, parent: process.pid }));
}

export function markStopped(home: string): void {
  rmSync(noteFile(home), { force: true });
}

/**
 * Makes `home` safe to start an engine in: stops one that still runs there (its parent was ended hard, and it
 * saves on the way), ends Lambda processes of one that was itself ended hard, and empties its temporary files.
 * Resolves to true in the second case: state since the last save is then lost.
 * @throws LocalFailure when the program that started the running one still runs, too.
 */
export async function endWhatWasLeft(home: string): Promise<boolean> {
  let hard = false;
  if (existsSync(noteFile(home))) {
    const { pid, parent } = note.parse(JSON.parse(readFileSync(noteFile(home), 'utf8')));
    const engine = processesNaming('launch.py').find((found) => found.pid === pid);
    if (engine && isRunning(parent)) {
      throw new LocalFailure(
        `readmit runs in this folder already (process ${parent}).`,
        'Stop it with Ctrl-C first, or use another clone.',
      );
    }
    if (engine) await stopGently(pid);
    else hard = true;
  }
  for (const left of processesNaming(`${join(home, 'tmp')}/`)) signalProcess(left.pid, 'SIGKILL');
  rmSync(join(home, 'tmp'), { recursive: true, force: true });
  markStopped(home);
  return hard;
}

async function stopGently(pid: number): Promise<void> {
  signalProcess(pid, 'SIGTERM');
  for (let waited = 0; waited < 30_000; waited += 100) {
    if (!isRunning(pid)) return;
    await pause(100);
  }
  throw new LocalFailure(`An earlier local cloud (process ${pid}) does not stop.`, `End it with kill -9 ${pid}.`);
}
