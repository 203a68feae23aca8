// Programs that a user may or may not have: which of them is there, and how to say that none is.
import { spawnSync } from 'node:child_process';
import { LocalFailure } from '../failure.ts';

export type Command = readonly [program: string, ...args: string[]];

/** The first of the commands that answers, or null. */
export function firstThatRuns(candidates: readonly Command[], probe: readonly string[]): Command | null {
  return candidates.find(([program, ...args]) => spawnSync(program, [...args, ...probe]).status === 0) ?? null;
}

export function kustomize(): Command {
  const build: readonly (readonly [Command, readonly string[]])[] = [
    [['kustomize', 'build'], ['--help']],
    [['kubectl', 'kustomize'], ['--help']],
    [['microk8s', 'kubectl', 'kustomize'], ['--help']],
  ];
  for (const [command, probe] of build) if (firstThatRuns([command], probe) !== null) return command;
  throw new LocalFailure(
    'Neither kustomize, kubectl nor microk8s is installed.',
    'Install one of them; kustomize alone: go install sigs.k8s.io/kustomize/kustomize/v5@v5.4.2',
  );
}

/** Runs a program to its end and gives what it printed. @throws LocalFailure with its own words */
export function run([program, ...args]: Command, input?: string): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, { input, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (status === 0) return stdout;
  throw new LocalFailure(`${program} ${args.join(' ')} failed: ${stderr?.trim() || error?.message}.`, '');
}
