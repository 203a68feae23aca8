// Runs the wanted task on Node 24 and hands on its end; signals go to the task, which stops what it started.
import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';

/** Resolves to the exit code for this process. */
export function runTask({ root, node, script, options }) {
  const PATH = [join(root, 'node_modules', '.bin'), process.env.PATH].filter(Boolean).join(delimiter);
  const task = spawn(node, ['--disable-warning=ExperimentalWarning', script, ...options], {
    cwd: process.env.INIT_CWD ?? process.cwd(),
    stdio: 'inherit',
    env: { ...process.env, PATH },
    shell: false,
  });
  // A terminal's Ctrl-C reaches the task by itself; stay until it has cleaned up.
  process.on('SIGINT', () => {});
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => task.kill('SIGTERM'));
  return new Promise((resolve) => {
    task.once('error', (error) => {
      console.error(`\nNode 24 did not start: ${error.message}`);
      resolve(1);
    });
    task.once('exit', (code, signal) => resolve(code ?? (signal ? 130 : 1)));
  });
}
