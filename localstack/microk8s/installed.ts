// For tests: programs that a user's machine need not have. A test that needs one says so in its name and is skipped.
import { spawnSync } from 'node:child_process';

export const installed = (program: string, ...args: string[]): boolean =>
  spawnSync(program, args.length === 0 ? ['--version'] : args).status === 0;

export const PROMTOOL = installed('promtool');
export const PROMETHEUS = installed('prometheus');
export const KUSTOMIZE = installed('kustomize', 'version');
export const KUBERNETES_VALIDATE = installed('kubernetes-validate', '--version');
