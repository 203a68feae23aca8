// Runs the CDK's command line in this project, its output as it comes.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { ROOT } from '../../lib/root.ts';

/** A command ended badly; its own words are on the screen already. */
export class CommandFailedError extends Error {
  override readonly name = 'CommandFailedError';
}

/** @throws CommandFailedError */
export function cdk(args: readonly string[], context: Readonly<Record<string, string>>): Promise<void> {
  const given = Object.entries(context).flatMap(([key, value]) => ['-c', `${key}=${value}`]);
  return run(join(ROOT, 'node_modules', 'aws-cdk', 'bin', 'cdk'), [...args, ...given]);
}

/** The page, which its stack takes from frontend/dist. @throws CommandFailedError */
export function buildPage(): Promise<void> {
  return run(join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js'), ['build', 'frontend']);
}

async function run(script: string, args: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, [script, ...args], { cwd: ROOT, stdio: 'inherit' });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new CommandFailedError(`${args[0]} ended with ${code}: the reason is above.`);
}
