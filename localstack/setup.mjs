// Set-up without thinking: brings this clone to where `localstack/<task>.ts` can run, then runs it on Node 24.
//   node localstack/setup.mjs <task> [its options]      e.g. start, test, bench/train
// Plain JavaScript on the standard library: it must run on Node 20 before anything is installed.
import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SetupError } from './setup/command.mjs';
import { installEngine } from './setup/engine.mjs';
import { withLock } from './setup/lock.mjs';
import { installPackages, node24 } from './setup/packages.mjs';
import { runTask } from './setup/task.mjs';
import { requireNode } from './setup/versions.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [task = 'start', ...options] = process.argv.slice(2);

try {
  requireNode();
  const script = join(root, 'localstack', `${task}.ts`);
  if (!existsSync(script)) throw new SetupError(`There is no task "${task}".`, `Run npm start or npm test.`);
  mkdirSync(join(root, '.readmit', 'logs'), { recursive: true });
  // What a run keeps - uploaded rows, models, keys, logs - is for its owner alone.
  if (process.platform !== 'win32') chmodSync(join(root, '.readmit'), 0o700);
  await withLock(join(root, '.readmit', 'setup.lock'), async () => {
    await installPackages(root);
    // What goes to AWS needs no local cloud, and so no Python.
    if (!task.startsWith('../bin/')) await installEngine(root);
  });
  process.exitCode = await runTask({ root, node: node24(root), script, options });
} catch (error) {
  process.exitCode = 1;
  if (error instanceof SetupError) console.error(`\n${error.message}`);
  else if (error?.code === 'ENOSPC') console.error('\nThe disk is full. Free about 1.5 GB and run the command again.');
  else console.error(`\nSet-up failed: ${error?.message ?? error}. Logs are in .readmit/logs.`);
}
