// One stage of npm test: run a tool of node_modules to its end, tell how long it took, show its words when it complains.
import { spawn } from 'node:child_process';
import { createWriteStream, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { paths, ROOT } from '../paths.ts';
import { say } from '../progress.ts';

export interface StageResult {
  readonly passed: number;
  readonly failed: number;
}

/** A check that passes or fails as a whole: it counts as one test. */
export async function runCheck(name: string, script: string, args: readonly string[]): Promise<StageResult> {
  const log = join(paths.logs, `test-${name}.log`);
  const { code, ms } = await run(name, script, args, log);
  if (code !== 0) process.stdout.write(readFileSync(log, 'utf8'));
  say(`  ${code === 0 ? '✓' : '✗'} ${name.padEnd(12)} ${seconds(ms)}`);
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

const reportSchema = z.object({
  success: z.boolean(),
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numFailedTestSuites: z.number(),
});

/** A vitest project. A suite that breaks outside of its tests counts as one failure. */
export async function runVitest(name: string, project: string): Promise<StageResult> {
  const file = join(paths.logs, `test-${name}.json`);
  rmSync(file, { force: true });
  const args = ['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const { code, ms } = await run(name, 'vitest/vitest.mjs', args, 'inherit');
  const report = readReport(file);
  const broken = code !== 0 && (report?.numFailedTests ?? 0) === 0 ? 1 : 0;
  const result = { passed: report?.numPassedTests ?? 0, failed: (report?.numFailedTests ?? 0) + broken };
  const skipped = report?.numPendingTests ? `, ${report.numPendingTests} skipped` : '';
  say(`  ${result.failed === 0 ? '✓' : '✗'} ${name.padEnd(12)} ${seconds(ms)}  ${result.passed} tests${skipped}`);
  return result;
}

function readReport(file: string): z.infer<typeof reportSchema> | undefined {
  try {
    return reportSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined; // vitest ended before it could write one
  }
}

/** Runs a script of node_modules with this Node; its output goes to a log file or is shown as it comes. */
function run(name: string, script: string, args: readonly string[], output: string) {
  const started = performance.now();
  const child = spawn(process.execPath, [join(ROOT, 'node_modules', script), ...args], {
    stdio: ['ignore', ...(output === 'inherit' ? (['inherit', 'inherit'] as const) : (['pipe', 'pipe'] as const))],
    env: { ...process.env, CI: process.env.CI ?? '1' },
  });
  const log = output === 'inherit' ? undefined : createWriteStream(output);
  if (log) {
    child.stdout?.pipe(log, { end: false });
    child.stderr?.pipe(log, { end: false });
  }
  return new Promise<{ code: number; ms: number }>((resolve) => {
    child.once('error', (error) => {
      say(`  ${name}: ${error.message}`);
      resolve({ code: 1, ms: performance.now() - started });
    });
    child.once('close', (code) => {
      const end = () => resolve({ code: code ?? 1, ms: performance.now() - started });
      if (log) log.end(end);
      else end();
    });
  });
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`.padStart(8);
