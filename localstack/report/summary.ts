// The closing table of a run, as text: what came in, what was made of it, what the gate said, how long it took.
import type { RunFacts, RunReport } from './facts.ts';
import { candidateLines, laterLines } from './figures.ts';
import type { LastRun } from './last-run.ts';

/** Lines to print. */
export function summaryLines(run: LastRun, facts: RunFacts): string[] {
  const { report, champion } = facts;
  const lines = [headline(run, facts), ''];
  if (report) lines.push(...dataLines(report), '', ...figureLines(report), '', ...gateLines(report));
  lines.push(
    row('model', champion ? `version ${champion.version} serves (ledger rev ${champion.rev})` : 'none is promoted yet'),
  );
  lines.push(
    row(
      'times',
      listOf(run.milliseconds, (ms) => `${(ms / 1000).toFixed(1)} s`),
    ),
  );
  if (Object.keys(run.peak_rss_mb).length > 0)
    lines.push(
      row(
        'peak memory',
        listOf(run.peak_rss_mb, (mb) => `${mb} MB`),
      ),
    );
  return lines.map((line) => (line === '' ? '' : `  ${line}`));
}

function headline({ outcome, reason, error, refused_data }: LastRun, { champion, promotedRev }: RunFacts): string {
  const serves = champion ? `version ${champion.version} serves` : 'no model serves yet';
  switch (outcome) {
    case 'promoted':
      return 'Promoted: the new model serves.';
    case 'rejected':
      return `${refused_data ? 'Refused for its data' : 'Rejected'}: ${champion ? `version ${champion.version} keeps serving` : serves}.`;
    case 'held':
      return `Not promoted, ${reason}; ${serves}.`;
    case 'champion_changed':
      return `Not promoted, the champion was changed: ${reason}; ${serves}.`;
    case 'unchanged':
      return `Unchanged: ${reason}; ${serves}.`;
    case 'failed': {
      const what = `${error ? `${error}: ` : ''}${reason}`;
      if (promotedRev === null) return `Failed: ${serves}. ${what}`;
      const remedy = 'start again to complete its record';
      return `Failed after the promotion (ledger rev ${promotedRev}): ${serves}; ${remedy}. ${what}`;
    }
  }
}

function dataLines(report: RunReport): string[] {
  const { rows, batches, quarantined, eligible, withdrawn, splits, files, set_aside_example: example } = report;
  const aside = Object.values(quarantined).reduce((sum, count) => sum + count, 0);
  const reasons = aside > 0 ? ` (${listOf(quarantined, count)})` : '';
  return [
    row('rows in', `${count(rows)} in ${count(batches)} batch${batches === 1 ? '' : 'es'}`),
    ...fileLines(files),
    row('quarantined', `${count(aside)}${reasons}`),
    ...(example ? [row('', `most often ${example}`)] : []),
    ...withdrawn.map((batch) =>
      row('withdrawn', `batch ${batch.batch_id}, ${count(batch.rows)} rows: ${batch.reason}`),
    ),
    row('eligible', `${count(eligible)}: ${listOf(splits, count)}`),
  ];
}

/** Above this many files only the last ones are told. */
const FILES_SHOWN = 5;

function fileLines(files: RunReport['files']): string[] {
  const left = files.length - FILES_SHOWN;
  return [
    ...files
      .slice(-FILES_SHOWN)
      .map(({ source, read_as }) => row('read', `${source.replace(/^incoming\//, '')} as ${read_as}`)),
    ...(left > 0 ? [row('', `and ${count(left)} file${left === 1 ? '' : 's'} before`)] : []),
  ];
}

function figureLines({ later, candidates, failed_candidates: failed, simpler_ways }: RunReport): string[] {
  return [
    ...laterLines(later ?? null),
    ...candidateLines(candidates, simpler_ways ?? []),
    ...failed.map(({ name, error }) => `✗ ${name} failed: ${error}`),
  ];
}

function gateLines({ gate }: RunReport): string[] {
  if (gate === undefined) return [];
  return [
    row('gate', gate.reason),
    ...gate.checks.map(({ passed, text }) => row('', `${passed ? '✓' : '✗'} ${text}`)),
    '',
  ];
}

const count = (value: number) => value.toLocaleString('en-US');
const row = (title: string, text: string) => `${title.padEnd(13)}${text}`.trimEnd();

function listOf(values: Readonly<Record<string, number>>, word: (value: number) => string): string {
  return Object.entries(values)
    .map(([name, value]) => `${name} ${word(value)}`)
    .join(', ');
}
