// Which Node and which Python this machine has, and what to do when they are too old.
import { spawnSync } from 'node:child_process';
import { SetupError } from './command.mjs';

/** Node 20 is enough to set up; the tasks themselves then run on the Node 24 that npm brings. */
export function requireNode() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < 20) {
    throw new SetupError(
      `readmit needs Node 20 or newer; this is ${process.versions.node}.`,
      'Install it from https://nodejs.org.',
    );
  }
}

const PROBE = 'import sys, venv, ensurepip; print("%d.%d" % sys.version_info[:2])';
const VERSION = 'import sys; print("%d.%d" % sys.version_info[:2])';

/** The first Python >= 3.10 on PATH that can make a virtual environment with pip. */
export function findPython() {
  const names = ['python3', 'python3.13', 'python3.12', 'python3.11', 'python3.10', 'python'];
  const seen = [];
  for (const name of process.platform === 'win32' ? ['py', ...names] : names) {
    const version = ask(name, VERSION);
    if (!version) continue;
    const able = Number(version.split('.')[0]) === 3 && Number(version.split('.')[1]) >= 10;
    if (able && ask(name, PROBE)) return { command: name, version };
    seen.push({ version, able });
  }
  const lacksVenv = seen.find((python) => python.able);
  if (lacksVenv) {
    throw new SetupError(
      `Python ${lacksVenv.version} is here without its venv module.`,
      `Install it (Debian, Ubuntu: sudo apt install python${lacksVenv.version}-venv) and run the command again.`,
    );
  }
  throw new SetupError(
    seen.length > 0
      ? `readmit needs Python 3.10 or newer; found ${seen[0].version}.`
      : 'readmit needs Python 3.10 or newer; none was found.',
    'Install it (Debian, Ubuntu: sudo apt install python3 python3-venv; macOS: brew install python) and run the command again.',
  );
}

function ask(command, code) {
  const answer = spawnSync(command, ['-c', code], { encoding: 'utf8', timeout: 20_000 });
  return answer.status === 0 ? answer.stdout.trim() : undefined;
}
