// npm run loadtest: installs Artillery at first use, runs a scenario against a URL, writes and compares the report.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { validBody } from '../localstack/e2e/bodies.ts';
import { describeFailure, LocalFailure } from '../localstack/failure.ts';
import { ROOT } from '../localstack/paths.ts';
import { say } from '../localstack/progress.ts';
import { HELP, type LoadOptions, parseLoadOptions } from './options.ts';
import { reportPage } from './page.ts';
import { artillerySchema, complaintsOf, courseOf, figuresOf, type Result, resultSchema } from './result.ts';
import { type Scenario, TABLE } from './scenarios.ts';
import { artilleryScript } from './script.ts';

const HOME = import.meta.dirname;
const REPORTS = join(HOME, 'reports');
const DRAWN = 500;

try {
  const args = process.argv.slice(2);
  if (args.includes('--help')) say(HELP);
  else process.exitCode = (await loadTest(parseLoadOptions(args))) ? 0 : 1;
} catch (error) {
  say(describeFailure(error));
  process.exitCode = 1;
}

async function loadTest(options: LoadOptions): Promise<boolean> {
  const scenario = TABLE[options.scenario];
  await checkTarget(options);
  installArtillery();
  mkdirSync(join(REPORTS, 'work'), { recursive: true });
  const started = new Date().toISOString();
  const file = runArtillery(scenario, options);
  const measured = artillerySchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  const figures = figuresOf(measured.aggregate);
  const complaints = complaintsOf(figures, scenario.limits);
  const course = courseOf(measured.intermediate);
  const { scenario: name, target } = options;
  const result: Result = {
    ...{ scenario: name, target, started, seconds: course.length * 10 },
    ...{ passed: complaints.length === 0, complaints, figures, course },
  };
  const previous = previousReport(result);
  const base = join(REPORTS, `${started.replaceAll(':', '-')}-${name}`);
  writeFileSync(`${base}.json`, `${JSON.stringify(result, null, 2)}\n`);
  writeFileSync(`${base}.html`, reportPage(result, previous));
  tell(result, previous, `${base}.html`);
  return result.passed;
}

async function checkTarget({ target, token }: LoadOptions): Promise<void> {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const answer = await fetch(`${target}/model-info`, { headers }).catch(() => null);
  if (answer === null)
    throw new LocalFailure(`Nothing answers at ${target}.`, 'Run npm start, or name another --target.');
  if (!answer.ok)
    throw new LocalFailure(
      `${target}/model-info answers ${answer.status}.`,
      'It takes a promoted model, and a --token where the API asks for one.',
    );
}

function installArtillery(): void {
  if (existsSync(join(HOME, 'node_modules', '.package-lock.json'))) return;
  say('  installing Artillery (470 MB, once) ...');
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: HOME,
    stdio: 'inherit',
  });
  if (status !== 0) throw new LocalFailure('Artillery could not be installed.', 'npm says why above.');
}

function runArtillery(scenario: Scenario, { target, token, seconds }: LoadOptions): string {
  const work = (name: string) => join(REPORTS, 'work', name);
  writeFileSync(work('bodies.json'), JSON.stringify(scenario.bodies === 'examples' ? examples() : drawn()));
  const script = artilleryScript(scenario, { target, token, seconds, bodiesFile: work('bodies.json') });
  writeFileSync(work('script.json'), JSON.stringify(script, null, 2));
  const { status } = spawnSync(
    process.execPath,
    [
      join(HOME, 'node_modules/artillery/bin/run'),
      'run',
      '--quiet',
      '--output',
      work('measured.json'),
      work('script.json'),
    ],
    { cwd: HOME, stdio: 'inherit', env: { ...process.env, ARTILLERY_DISABLE_TELEMETRY: 'true' } },
  );
  // Artillery ends with 1 when its own thresholds (ensure) did not hold; the report is there and says so.
  if (status !== 0 && status !== 1) throw new LocalFailure('Artillery failed.', 'It says why above.');
  return work('measured.json');
}

function examples(): unknown[] {
  const folder = join(ROOT, 'localstack', 'examples');
  return readdirSync(folder).map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')));
}

function drawn(): unknown[] {
  return fc.sample(validBody(), { numRuns: DRAWN, seed: 1 });
}

/** The newest report of the same scenario against the same target. */
function previousReport({ scenario, target }: Result): Result | null {
  const files = readdirSync(REPORTS).filter((file) => file.endsWith(`-${scenario}.json`));
  for (const file of files.sort().reverse()) {
    const found = resultSchema.safeParse(JSON.parse(readFileSync(join(REPORTS, file), 'utf8'))).data;
    if (found?.target === target) return found;
  }
  return null;
}

function tell({ scenario, figures, complaints }: Result, previous: Result | null, page: string): void {
  const { requests, errors, mean, p50, p99 } = figures;
  say(`\n  ${scenario}: ${requests} requests, ${errors} errors, mean ${mean} ms, p50 ${p50} ms, p99 ${p99} ms`);
  if (previous !== null) say(`  before:  mean ${previous.figures.mean} ms, p99 ${previous.figures.p99} ms`);
  say(complaints.length === 0 ? '  all limits held' : complaints.map((complaint) => `  ✗ ${complaint}`).join('\n'));
  say(`  ${page}`);
}
