// Pipeline: what the training chain does now and did before; start it, stop it, see what it put aside.
import { useState } from 'preact/hooks';
import { executionsSchema } from '../../../lambdas/core/operations/pipeline.ts';
import { request } from '../api/client.ts';
import { useLoaded } from '../api/use-loaded.ts';
import { linkTo } from '../shell/route.ts';
import { useWords } from '../text/language.ts';
import { Failure } from '../widgets/failure.tsx';
import { Tabs } from '../widgets/tabs.tsx';
import { ExecutionView } from './execution.tsx';
import { outcomeWord } from './outcome.ts';
import { QuarantinePanel } from './quarantine.tsx';
import { StartPanel } from './start.tsx';

const QUIET_MS = 10_000;
const LIVE_MS = 1500;

export function PipelinePage({ rest }: { readonly rest: string }) {
  const t = useWords();
  const [tab, setTab] = useState('executions');
  return (
    <Tabs
      label={t('nav.pipeline')}
      tabs={[
        { id: 'executions', label: t('pipeline.executions') },
        { id: 'quarantine', label: t('pipeline.quarantine') },
      ]}
      chosen={tab}
      onChoose={setTab}
    >
      {tab === 'quarantine' ? <QuarantinePanel /> : <Executions named={rest} />}
    </Tabs>
  );
}

function Executions({ named }: { readonly named: string }) {
  const t = useWords();
  const [live, setLive] = useState(false);
  const { data, error, reload } = useLoaded(
    async () => {
      const found = await request('GET', '/executions', { schema: executionsSchema });
      setLive(found.executions.some(({ status }) => status === 'RUNNING'));
      return found;
    },
    'executions',
    live ? LIVE_MS : QUIET_MS,
  );
  const executions = data?.executions ?? [];
  const shown = named || (executions[0]?.name ?? '');
  const started = (name: string) => {
    location.hash = linkTo('pipeline', name);
    setLive(true);
    reload();
  };
  return (
    <div class="pipeline">
      <div class="stack">
        <StartPanel onStarted={started} />
        <section class="card">
          <h2>{t('pipeline.past')}</h2>
          <Failure error={error} />
          {data !== null && executions.length === 0 ? <p>{t('pipeline.none')}</p> : null}
          <ul class="executions">
            {executions.map(({ name, status, started_at, outcome }) => (
              <li key={name}>
                <a href={linkTo('pipeline', name)} aria-current={name === shown ? 'true' : undefined}>
                  <span class={`status ${status.toLowerCase()}`}>{outcomeWord(t, outcome ?? status)}</span>
                  <code>{name}</code>
                  <span class="note">{started_at === null ? '' : t.time(started_at)}</span>
                </a>
              </li>
            ))}
          </ul>
        </section>
      </div>
      {shown === '' ? null : <ExecutionView key={shown} name={shown} />}
    </div>
  );
}
