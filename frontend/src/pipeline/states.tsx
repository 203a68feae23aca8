// The visits of an execution as a list: times, attempts, errors, input and output; the items of a Map one by one.
import type { ExecutionDetail } from '../../../lambdas/core/operations/pipeline.ts';
import { useWords, type Words } from '../text/language.ts';
import { Json } from '../widgets/json.tsx';
import { itemsOf, stateOf } from './machine.ts';

type Visit = ExecutionDetail['visits'][number];
type Records = ExecutionDetail['records'];

export function States({
  execution,
  chosen,
  onChoose,
}: {
  readonly execution: ExecutionDetail;
  readonly chosen: string | null;
  readonly onChoose: (state: string | null) => void;
}) {
  const t = useWords();
  return (
    <ol class="states">
      {execution.visits.map((visit, index) => (
        <li key={`${visit.state} ${index}`} class={visit.status}>
          <details
            open={chosen === visit.state}
            onToggle={(event) => {
              if (event.currentTarget.open && chosen !== visit.state) onChoose(visit.state);
            }}
          >
            <summary>
              <span class="name">{visit.state}</span>
              <span class={`status ${visit.status}`}>{t(`status.${visit.status}`)}</span>
              <span class="time">{durationOf(t, visit)}</span>
              {visit.attempts > 1 && visit.type === 'Task' ? (
                <span class="tries">{t('states.attempts', { count: visit.attempts })}</span>
              ) : null}
              {visit.type === 'Map' ? <Progress visit={visit} /> : null}
            </summary>
            <Detail visit={visit} records={execution.records} />
          </details>
        </li>
      ))}
    </ol>
  );
}

function durationOf(t: Words, { entered_at, left_at }: Visit): string {
  return left_at === null ? '…' : t.duration(Date.parse(left_at) - Date.parse(entered_at));
}

function totalOf({ items, state, input }: Visit): number | null {
  return items?.total ?? itemsOf(state, input)?.length ?? null;
}

function Progress({ visit }: { readonly visit: Visit }) {
  const t = useWords();
  const total = totalOf(visit);
  const done = visit.items?.succeeded ?? 0;
  return <span class="tries">{total === null ? t.number(done) : t('states.items', { done, total })}</span>;
}

function Detail({ visit, records }: { readonly visit: Visit; readonly records: Records }) {
  const t = useWords();
  const inner = stateOf(visit.state)?.ItemProcessor?.StartAt ?? visit.state;
  const own = records.filter((record) => record.state === inner);
  return (
    <div class="detail">
      <p class="note">
        {t('states.entered', { time: t.time(visit.entered_at) })}
        {stateOf(visit.state)?.Comment === undefined ? null : <> · {stateOf(visit.state)?.Comment}</>}
      </p>
      {visit.failures.map((failure) => (
        <div key={failure.at} class="failure">
          <b>{failure.error}</b> <span class="note">{t.time(failure.at)}</span>
          <pre>{causeOf(failure.cause)}</pre>
        </div>
      ))}
      {visit.type === 'Map' ? <Items visit={visit} records={own} /> : null}
      <details>
        <summary>{t('states.input')}</summary>
        <Json value={visit.input} />
      </details>
      <details>
        <summary>{t('states.output')}</summary>
        <Json value={visit.output} />
      </details>
      {visit.type === 'Map' || own.length === 0 ? null : (
        <details>
          <summary>{t('states.record')}</summary>
          <Json value={own} />
        </details>
      )}
    </div>
  );
}

/** Each item with what its step wrote down at its end; without a record it is under way or still waits. */
function Items({ visit, records }: { readonly visit: Visit; readonly records: Records }) {
  const t = useWords();
  const ended = new Map(records.map((record) => [record.sk.split('#').at(-1) ?? '', record]));
  const expected = (itemsOf(visit.state, visit.input) ?? []).map(keyOf);
  const all = [...new Set([...expected, ...ended.keys()])];
  return (
    <ul class="items">
      {all.map((key) => {
        const record = ended.get(key);
        const ms = typeof record?.ms === 'number' ? t.duration(record.ms) : t(`status.${visit.status}`);
        return (
          <li key={key} class={record === undefined ? visit.status : 'succeeded'}>
            <details>
              <summary>
                {t('states.item', { key })} · {ms}
              </summary>
              <Json value={record ?? null} />
            </details>
          </li>
        );
      })}
    </ul>
  );
}

function keyOf(item: unknown, index: number): string {
  if (typeof item !== 'object' || item === null) return String(item);
  const id: unknown = Reflect.get(item, 'batch_id') ?? Reflect.get(item, 'index');
  return String(id ?? index);
}

/** The runtime wraps a message into JSON; the message is what a reader wants. */
function causeOf(cause: string): string {
  try {
    const parsed: unknown = JSON.parse(cause);
    const message: unknown = typeof parsed === 'object' && parsed !== null ? Reflect.get(parsed, 'errorMessage') : null;
    return typeof message === 'string' ? message : cause;
  } catch {
    return cause;
  }
}
