// Programs that a user may or may not have: which of them is there, and how to say that none is.
import { spawnSync } from 'node:child_process';
import { LocalFailure } from '../failure.ts';

export type Command = readonly [program: string, ...args: string[]];

/** The first of the commands that answers, or null. */
export function firstThatRuns(candidates: readonly Command[], probe: readonly string[]): Command | null {
  return candidates.find(([program, ...args]) => spawnSync(program, [...args, ...probe]).status === 0) ?? null;
}

/** Runs a program to its end and gives what it printed. @throws LocalFailure with its own words */
export function run([program, ...args]: Command, input?: string): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, { input, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (status === 0) return stdout;
  throw new LocalFailure(`${program} ${args.join(' ')} failed: ${stderr?.trim() || error?.message}.`, '');
}
