// Runs the wanted task on Node 24 and hands on its end; signals go to the task, which stops what it started.
import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';

const LOOPBACK = ['127.0.0.1', 'localhost', '::1'];

/**
 * An environment in which what runs on this machine is never asked for through the user's proxy (which would refuse it, or
 * answer for a machine of its own).
 */
export function withoutProxyToLoopback(env) {
  const past = (env.NO_PROXY ?? env.no_proxy ?? '').split(',').map((name) => name.trim());
  const all = [...new Set([...past, ...LOOPBACK])].filter((name) => name !== '').join(',');
  return { ...env, NO_PROXY: all, no_proxy: all };
}

/** Resolves to the exit code for this process. */
export function runTask({ root, node, script, options }) {
  const PATH = [join(root, 'node_modules', '.bin'), process.env.PATH].filter(Boolean).join(delimiter);
  const task = spawn(node, ['--disable-warning=ExperimentalWarning', script, ...options], {
    cwd: process.env.INIT_CWD ?? process.cwd(),
    stdio: 'inherit',
    env: { ...withoutProxyToLoopback(process.env), PATH },
    shell: false,
  });
  // A terminal's Ctrl-C reaches the task by itself; stay until it has cleaned up.
  process.on('SIGINT', () => {});
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => task.kill('SIGTERM'));
  // npm runs scripts in a shell that may die of a signal without handing it on: notice that it is gone.
  const parent = process.ppid;
  const watch = setInterval(
    () => process.env.npm_lifecycle_event && process.ppid !== parent && task.kill('SIGTERM'),
    500,
  );
  return new Promise((resolve) => {
    task.once('error', (error) => {
      clearInterval(watch);
      console.error(`\nNode 24 did not start: ${error.message}`);
      resolve(1);
    });
    task.once('exit', (code, signal) => {
      clearInterval(watch);
      resolve(code ?? (signal ? 130 : 1));
    });
  });
}
