// One run looked at, or two side by side: metrics, parameters, plots, slices, and what they were made of.
import { request } from '../api/client.ts';
import { useLoaded } from '../api/use-loaded.ts';
import { useWords } from '../text/language.ts';
import { Failure } from '../widgets/failure.tsx';
import { Table } from '../widgets/table.tsx';
import { RunPlots } from './plots.tsx';
import { type LookedAt, METRICS, metricOf, type Run, runEvaluationSchema } from './runs.ts';
import { shown } from './runs-table.tsx';
import { Slices } from './slices.tsx';

export function Compare({ runs }: { readonly runs: readonly Run[] }) {
  const t = useWords();
  const { data, error } = useLoaded(
    () =>
      Promise.all(
        runs.map(async (run): Promise<LookedAt> => {
          const path = `/runs/${run.run_id}/evaluation`;
          return { run, measured: await request('GET', path, { schema: runEvaluationSchema }) };
        }),
      ),
    runs.map(({ run_id }) => run_id).join(),
  );
  const names = runs.map((run) => `${run.name} · ${run.run_id}`);
  return (
    <section class="stack" aria-label={t('compare.label')}>
      <div class="card stack">
        <h2>{names.join(' / ')}</h2>
        <Table
          caption={t('compare.metrics')}
          head={[t('compare.metric'), ...names]}
          rows={METRICS.map(({ name, label, better }) => [
            t(label),
            ...runs.map((run) =>
              isBest(run, runs, name, better) ? <b>{shown(t, run, name)}</b> : shown(t, run, name),
            ),
          ])}
        />
        <Table caption={t('compare.params')} head={[t('compare.param'), ...names]} rows={paramRows(runs)} />
        <Table
          caption={t('compare.lineage')}
          head={[t('compare.fact'), ...names]}
          rows={[
            [t('lineage.batches'), ...runs.map(({ batches }) => batches.join(', '))],
            [
              t('lineage.rows'),
              ...runs.map(({ fit }) => (fit.train_rows === undefined ? '–' : t.number(fit.train_rows))),
            ],
            [t('lineage.dataset'), ...runs.map((run) => <code>{run.dataset_sha256.slice(0, 16)}</code>)],
            [t('lineage.code'), ...runs.map((run) => <code>{run.code_version}</code>)],
            [t('lineage.model'), ...runs.map((run) => <code>{run.model_sha256.slice(0, 16)}</code>)],
            [t('lineage.parity'), ...runs.map((run) => run.onnx_parity?.toExponential(1) ?? '–')],
          ]}
        />
      </div>
      <Failure error={error} />
      {data === null ? <p>{error === null ? t('loading') : ''}</p> : null}
      {data === null ? null : <RunPlots looked={data} />}
      {data === null ? null : <Slices looked={data} />}
    </section>
  );
}

function isBest(run: Run, runs: readonly Run[], name: string, better: 'more' | 'less'): boolean {
  if (runs.length < 2) return false;
  const values = runs.flatMap((one) => metricOf(one, name).value ?? []);
  return metricOf(run, name).value === (better === 'more' ? Math.max(...values) : Math.min(...values));
}

/** Parameters that differ come first. */
function paramRows(runs: readonly Run[]) {
  const all = runs.map(({ params, algorithm, seed }) => ({ algorithm, seed, ...params }));
  const names = [...new Set(all.flatMap((params) => Object.keys(params)))];
  const text = (params: object, name: string) => {
    const value: unknown = Reflect.get(params, name);
    return value === undefined ? '–' : typeof value === 'string' ? value : JSON.stringify(value);
  };
  const rows = names.map((name) => [name, ...all.map((params) => text(params, name))]);
  const differs = ([, ...values]: readonly string[]) => (new Set(values).size > 1 ? 0 : 1);
  return rows.toSorted((a, b) => differs(a) - differs(b));
}
