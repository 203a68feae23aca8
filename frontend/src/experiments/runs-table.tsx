import { useState } from 'preact/hooks';
import { useWords, type Words } from '../text/language.ts';
import { METRICS, metricOf, type Run } from './runs.ts';

type Column = 'name' | 'run_id' | 'validation' | (typeof METRICS)[number]['name'];

/** Runs as a table to sort by any column; two can be ticked to be compared. */
export function RunsTable({
  runs,
  chosen,
  onToggle,
}: {
  readonly runs: readonly Run[];
  readonly chosen: readonly string[];
  readonly onToggle: (id: string) => void;
}) {
  const t = useWords();
  const [sort, setSort] = useState<{ column: Column; down: boolean }>({ column: 'validation', down: false });
  const sorted = runs.toSorted((a, b) => compare(a, b, sort.column) * (sort.down ? -1 : 1));
  const columns: readonly (readonly [Column, string])[] = [
    ['name', t('runs.name')],
    ['run_id', t('runs.run')],
    ['validation', t('runs.validation')],
    ...METRICS.map(({ name, label }) => [name, t(label)] as const),
  ];
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section class="scroll" aria-label={t('runs.table')} tabIndex={0}>
      <table>
        <caption class="unseen">{t('runs.table')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('runs.look')}</th>
            {columns.map(([column, label]) => (
              <th
                key={column}
                scope="col"
                aria-sort={sort.column !== column ? undefined : sort.down ? 'descending' : 'ascending'}
              >
                <button
                  type="button"
                  class="sort"
                  onClick={() => setSort({ column, down: sort.column === column && !sort.down })}
                >
                  {label}
                  <span aria-hidden="true">{sort.column !== column ? '' : sort.down ? ' ↓' : ' ↑'}</span>
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sorted.map((run) => (
            <tr key={run.run_id} class={chosen.includes(run.run_id) ? 'chosen' : ''}>
              <td>
                <input
                  type="checkbox"
                  aria-label={t('runs.lookAt', { name: run.name, run: run.run_id })}
                  checked={chosen.includes(run.run_id)}
                  onChange={() => onToggle(run.run_id)}
                />
              </td>
              <th scope="row">
                {run.name}
                {run.chosen ? <small> {t('runs.chosen')}</small> : null}
              </th>
              <td>
                <code>{run.run_id}</code>
              </td>
              <td>{run.validation.log_loss === null ? '–' : t.number(run.validation.log_loss, 4)}</td>
              {METRICS.map(({ name }) => (
                <td key={name}>{shown(t, run, name)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

export function shown(t: Words, run: Run, metric: string) {
  const { value, low, high } = metricOf(run, metric);
  if (value === null) return '–';
  if (low === null || high === null) return t.number(value, 4);
  return (
    <>
      {t.number(value, 4)} <small>{`[${t.number(low, 3)}–${t.number(high, 3)}]`}</small>
    </>
  );
}

function compare(a: Run, b: Run, column: Column): number {
  if (column === 'name') return a.name.localeCompare(b.name);
  if (column === 'run_id') return a.run_id.localeCompare(b.run_id);
  const value = (run: Run) => (column === 'validation' ? run.validation.log_loss : metricOf(run, column).value);
  return (value(a) ?? Number.POSITIVE_INFINITY) - (value(b) ?? Number.POSITIVE_INFINITY);
}
