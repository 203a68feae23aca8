// The closing table's figures on later patients, which come first, and those of simpler ways.
import type { RunReport } from './facts.ts';

type Later = NonNullable<RunReport['later']>;
type Figures = Later['all'];

/** Nothing when it was not measured: the gate's line says why. */
export function laterLines(later: Later | null): string[] {
  if (later === null) return [];
  return [
    'later patients: learned from earlier encounters (by encounter_id), tested on those that came after',
    `${' '.repeat(27)}AUROC                 came of 100 predicted  ECE       log loss`,
    lineOf('all of them', later.all),
    lineOf('first-time patients', later.first_seen),
    lineOf('the newest fifth', later.newest),
    '',
  ];
}

function lineOf(name: string, { auroc, observed_expected, ece, log_loss }: Figures): string {
  const came = [observed_expected.value, observed_expected.low, observed_expected.high].map((x) =>
    x === null ? x : 100 * x,
  );
  const cells = [
    `${figure(auroc.value, 3)}${between(auroc.low, auroc.high, 3)}`.padEnd(22),
    `${figure(came[0], 0)}${between(came[1], came[2], 0)}`.padEnd(23),
    figure(ece.value, 4).padEnd(10),
    figure(log_loss.value, 4),
  ];
  return `  ${name.padEnd(25)}${cells.join('')}`;
}

const figure = (value: number | null | undefined, digits: number) => value?.toFixed(digits) ?? '-';
const between = (low: number | null | undefined, high: number | null | undefined, digits: number) =>
  low === null || high === null ? '' : ` [${figure(low, digits)}, ${figure(high, digits)}]`;

const COLUMNS = [
  ['AUROC', 'auroc', 3, 22],
  ['AUPRC', 'auprc', 3, 10],
  ['log loss', 'log_loss', 4, 10],
  ['ECE', 'ece', 4, 10],
] as const;

/** Candidates and, below them, bedside scores on the same test rows. */
export function candidateLines(
  candidates: RunReport['candidates'],
  simpler: NonNullable<RunReport['simpler_ways']>,
): string[] {
  if (candidates.length === 0) return ['no candidate could be trained'];
  const scores = simpler
    .filter(({ source }) => source !== null)
    .map(({ title, auroc, log_loss }) => ({ name: title, chosen: false, test: { auroc, log_loss } }));
  const rows = [...candidates, ...scores];
  const width = Math.max(...rows.map(({ name }) => name.length), TITLE.length) + 4;
  return [
    `${TITLE.padEnd(width)}${COLUMNS.map(([title, , , room]) => title.padEnd(room)).join('')}`.trimEnd(),
    ...rows.map(({ name, chosen, test }) => {
      const figures = new Map<string, unknown>(Object.entries(test));
      const cells = COLUMNS.map(([, key, digits, room]) =>
        `${shown(figures.get(key), digits)}${key === 'auroc' ? interval(figures.get('auroc_interval')) : ''}`.padEnd(
          room,
        ),
      );
      return `${chosen ? '>' : ' '} ${name.padEnd(width - 2)}${cells.join('')}`.trimEnd();
    }),
  ];
}

const TITLE = 'test patients, drawn at random';
const shown = (value: unknown, digits: number) => (typeof value === 'number' ? value.toFixed(digits) : '-');
const interval = (bounds: unknown) =>
  Array.isArray(bounds) && bounds[0] !== null ? ` [${shown(bounds[0], 3)}, ${shown(bounds[1], 3)}]` : '';
