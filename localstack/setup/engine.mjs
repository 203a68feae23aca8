// The offline cloud's engine: a virtual environment in .readmit/engine holding exactly the hashes of requirements.txt.
import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runStep } from './command.mjs';
import { fileHash, isStamped } from './stamp.mjs';
import { findPython } from './versions.mjs';

export async function installEngine(root) {
  const requirements = join(root, 'localstack', 'engine', 'requirements.txt');
  const home = join(root, '.readmit', 'engine');
  const stamp = join(home, '.readmit-stamp');
  const wanted = `${fileHash(requirements)} ${process.platform}-${process.arch}`;
  const python = join(home, ...(process.platform === 'win32' ? ['Scripts', 'python.exe'] : ['bin', 'python']));
  // An environment dies when the Python it was made with is removed, or when the clone moves: ask it.
  if (isStamped(stamp, wanted) && spawnSync(python, ['-c', 'import ministack']).status === 0) return;

  const found = findPython();
  const log = join(root, '.readmit', 'logs', 'setup-engine.log');
  rmSync(home, { recursive: true, force: true });
  await runStep(`local cloud (Python ${found.version})`, found.command, ['-m', 'venv', home], { cwd: root, log });
  const install = [
    '-m',
    'pip',
    'install',
    '--disable-pip-version-check',
    '--no-input',
    '--no-deps',
    '--require-hashes',
    '-r',
    requirements,
  ];
  await runStep('local cloud (packages)', python, install, { cwd: root, log });
  writeFileSync(stamp, wanted);
}
