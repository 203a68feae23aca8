// npm's packages, installed again only when package-lock.json changed, and the Node 24 among them.
import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runStep, SetupError } from './command.mjs';
import { fileHash, isStamped } from './stamp.mjs';

export async function installPackages(root) {
  const stamp = join(root, 'node_modules', '.readmit-stamp');
  const wanted = `${fileHash(join(root, 'package-lock.json'))} ${process.platform}-${process.arch}`;
  if (isStamped(stamp, wanted)) return;
  await runStep('npm packages (first time: a minute)', 'npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: root,
    log: join(root, '.readmit', 'logs', 'setup-npm.log'),
    // npm puts node_modules/.bin first in PATH for scripts; this npm is about to replace that folder, Node 24 in it included.
    env: { ...process.env, PATH: withoutLocalBin(root) },
  });
  writeFileSync(stamp, wanted);
}

/** The Node 24 that npm installed, or this very Node if it is new enough (as on musl, where npm's does not start). */
export function node24(root) {
  const local = join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');
  if (existsSync(local) && spawnSync(local, ['--version'], { shell: process.platform === 'win32' }).status === 0)
    return local;
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  throw new SetupError(
    `npm has no Node 24 for ${process.platform}-${process.arch}, and this is Node ${process.versions.node}.`,
    'Install Node 24 from https://nodejs.org and run the command again.',
  );
}

function withoutLocalBin(root) {
  const local = join(root, 'node_modules', '.bin');
  return (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => folder !== local)
    .join(delimiter);
}
