// Runs one of this folder's scripts as a process of its own and reads the JSON line that it prints last.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** @param env its environment, this process's own when absent */
export async function runScript(name: string, parts: readonly string[], env?: NodeJS.ProcessEnv): Promise<unknown> {
  const command = [join(import.meta.dirname, name), ...parts];
  const { stdout } = await promisify(execFile)(process.execPath, command, env === undefined ? {} : { env });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? 'null');
}
