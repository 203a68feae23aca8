// Experiments: all runs to sort and filter; one or two of them looked at closely.
import { useState } from 'preact/hooks';
import { request } from '../api/client.ts';
import { useLoaded } from '../api/use-loaded.ts';
import { linkTo } from '../shell/route.ts';
import { useWords } from '../text/language.ts';
import { Failure } from '../widgets/failure.tsx';
import { Compare } from './compare.tsx';
import { runsSchema } from './runs.ts';
import { RunsTable } from './runs-table.tsx';

const LOOKED_AT = 2;

/** @param rest run ids joined by "+", so that a comparison has a link */
export function ExperimentsPage({ rest }: { readonly rest: string }) {
  const t = useWords();
  const [filter, setFilter] = useState('');
  const { data, error } = useLoaded(() => request('GET', '/runs', { schema: runsSchema }), 'runs');
  if (data === null) return error === null ? <p>{t('loading')}</p> : <Failure error={error} ask />;
  const ids = rest.split('+').filter((id) => data.runs.some(({ run_id }) => run_id === id));
  const toggle = (id: string) => {
    const next = ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id].slice(-LOOKED_AT);
    location.hash = linkTo('experiments', next.join('+'));
  };
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const found = data.runs.filter((run) => {
    const text = `${run.run_id} ${run.name} ${run.algorithm} ${run.chosen ? t('runs.chosen') : ''}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  return (
    <div class="stack">
      <p class="lead">{t('runs.lead', { experiment: data.experiment })}</p>
      <div class="card stack">
        <div class="filter">
          <label for="filter">{t('runs.filter')}</label>
          <input id="filter" type="search" value={filter} onInput={(event) => setFilter(event.currentTarget.value)} />
        </div>
        {data.runs.length === 0 ? <p>{t('runs.none')}</p> : <RunsTable runs={found} chosen={ids} onToggle={toggle} />}
      </div>
      {ids.length === 0 ? (
        <p class="note">{t('runs.choose')}</p>
      ) : (
        <Compare runs={ids.flatMap((id) => data.runs.find(({ run_id }) => run_id === id) ?? [])} />
      )}
    </div>
  );
}
