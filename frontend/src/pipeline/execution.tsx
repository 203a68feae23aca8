// One execution: its facts, the drawn machine, its states; live while it runs.
import { useState } from 'preact/hooks';
import { z } from 'zod';
import { type ExecutionDetail, executionDetailSchema } from '../../../lambdas/core/operations/pipeline.ts';
import { request } from '../api/client.ts';
import { config } from '../api/config.ts';
import { operate } from '../api/operate.ts';
import { useLoaded } from '../api/use-loaded.ts';
import { useWords } from '../text/language.ts';
import { useAction } from '../widgets/action.ts';
import { Banner } from '../widgets/banner.tsx';
import { Failure } from '../widgets/failure.tsx';
import { Json } from '../widgets/json.tsx';
import { Operator } from '../widgets/operator.tsx';
import { Graph } from './graph.tsx';
import { outcomeWord } from './outcome.ts';
import { States } from './states.tsx';

const LIVE_MS = 1000;

export function ExecutionView({ name }: { readonly name: string }) {
  const t = useWords();
  const [running, setRunning] = useState(true);
  const [chosen, setChosen] = useState<string | null>(null);
  const { data, error, reload } = useLoaded(
    async () => {
      const found = await request('GET', `/executions/${name}`, { schema: executionDetailSchema });
      setRunning(found.status === 'RUNNING');
      return found;
    },
    name,
    running ? LIVE_MS : null,
  );
  if (data === null) return error === null ? <p>{t('loading')}</p> : <Failure error={error} />;
  return (
    <section class="card execution" aria-label={t('execution.label', { name })}>
      <Facts execution={data} onStopped={reload} />
      <div class="machine">
        <Graph visits={data.visits} chosen={chosen} onChoose={setChosen} />
        <div>
          <h3>{t('states.title')}</h3>
          <States execution={data} chosen={chosen} onChoose={setChosen} />
          {data.summary === null ? null : (
            <details class="summary">
              <summary>{t('execution.summary')}</summary>
              <Json value={data.summary} />
            </details>
          )}
        </div>
      </div>
    </section>
  );
}

const outcomeSchema = z.object({ outcome: z.string(), reason: z.string().default('') });

function Facts({ execution, onStopped }: { readonly execution: ExecutionDetail; readonly onStopped: () => void }) {
  const t = useWords();
  const { name, status, started_at, stopped_at } = execution;
  const console = useLoaded(config, 'config').data?.machine ?? null;
  const outcome = outcomeSchema.safeParse(execution.summary).data;
  const since = started_at === null ? 0 : Date.parse(stopped_at ?? new Date().toISOString()) - Date.parse(started_at);
  return (
    <>
      <div class="row">
        <h2>
          <span class={`status ${status.toLowerCase()}`} role="status">
            {outcomeWord(t, status)}
          </span>{' '}
          <code>{name}</code>
        </h2>
        <span class="note">
          {started_at === null ? '' : t.time(started_at)} · {t.duration(Math.max(0, since))}
        </span>
        {console === null ? null : (
          <a href={consoleLink(console, name)} rel="noreferrer" target="_blank">
            {t('execution.console')}
          </a>
        )}
      </div>
      {outcome === undefined || outcome.reason === '' ? null : (
        <Banner kind={outcome.outcome === 'promoted' ? 'good' : outcome.outcome === 'failed' ? 'bad' : 'info'}>
          <b>{outcomeWord(t, outcome.outcome)}</b>: {outcome.reason}
        </Banner>
      )}
      {outcome === undefined && execution.error !== null ? (
        <Banner kind="bad">
          <b>{execution.error}</b> {execution.cause}
        </Banner>
      ) : null}
      {status === 'RUNNING' ? <Stop name={name} onStopped={onStopped} /> : null}
    </>
  );
}

function Stop({ name, onStopped }: { readonly name: string; readonly onStopped: () => void }) {
  const t = useWords();
  const [asked, setAsked] = useState(false);
  const { busy, error, run } = useAction();
  if (!asked) {
    return (
      <button type="button" class="danger" onClick={() => setAsked(true)}>
        {t('stop.ask')}
      </button>
    );
  }
  const stop = () =>
    run(async () => {
      await operate('/stops', { schema: z.unknown(), body: { name, reason: 'stopped from the page' } });
      onStopped();
    });
  return (
    <div class="stop">
      <Failure error={error} />
      <Operator>
        <button type="button" class="danger" disabled={busy} onClick={stop}>
          {t('stop.really')}
        </button>
      </Operator>
    </div>
  );
}

/** The Step Functions console of the machine's region. */
function consoleLink(machine: string, name: string): string {
  const region = machine.split(':')[3] ?? '';
  const arn = `${machine.replace(':stateMachine:', ':execution:')}:${name}`;
  return `https://${region}.console.aws.amazon.com/states/home?region=${region}#/v2/executions/details/${arn}`;
}
