// How good a model is for each group of patients.
import { useState } from 'preact/hooks';
import type { Estimate } from '../../../lambdas/core/evaluation/schema.ts';
import { useWords, type Words } from '../text/language.ts';
import { Table } from '../widgets/table.tsx';
import type { LookedAt } from './runs.ts';

export function Slices({ looked }: { readonly looked: readonly LookedAt[] }) {
  const t = useWords();
  const measured = looked.flatMap(({ run, measured: { evaluation } }) =>
    evaluation === null ? [] : [{ run, evaluation }],
  );
  const names = [...new Set(measured.flatMap(({ evaluation }) => Object.keys(evaluation.slices)))];
  const [chosen, setChosen] = useState('');
  const name = chosen || (names[0] ?? '');
  if (names.length === 0) return null;
  const levels = [
    ...new Set(measured.flatMap(({ evaluation }) => (evaluation.slices[name] ?? []).map((one) => one.level))),
  ];
  return (
    <div class="card stack">
      <div class="filter">
        <label for="slice">{t('slices.by')}</label>
        <select id="slice" value={name} onChange={(event) => setChosen(event.currentTarget.value)}>
          {names.map((one) => (
            <option key={one} value={one}>
              {one.replaceAll('_', ' ')}
            </option>
          ))}
        </select>
      </div>
      {measured.map(({ run, evaluation }) => (
        <Table
          key={run.run_id}
          caption={t('slices.of', { name: run.name, run: run.run_id })}
          head={[
            t('slices.level'),
            t('slices.rows'),
            t('slices.positives'),
            t('plot.predicted'),
            t('metric.auroc'),
            t('metric.ece'),
            t('metric.recall'),
            t('slices.flagged'),
          ]}
          rows={levels.flatMap((level) => {
            const found = evaluation.slices[name]?.find((one) => one.level === level);
            if (found === undefined) return [];
            const { rows, positives, mean_predicted, metrics } = found;
            return [
              [
                level,
                t.number(rows),
                t.number(positives),
                t.percent(mean_predicted),
                estimate(t, metrics.auroc),
                estimate(t, metrics.ece),
                estimate(t, metrics.recall),
                estimate(t, metrics.flagged_share),
              ],
            ];
          })}
        />
      ))}
      <p class="note">{t('slices.note')}</p>
    </div>
  );
}

export function estimate(t: Words, { value, low, high }: Estimate) {
  if (value === null) return '–';
  if (low === null || high === null) return t.number(value, 3);
  return (
    <>
      {t.number(value, 3)} <small>{`[${t.number(low, 3)}–${t.number(high, 3)}]`}</small>
    </>
  );
}
