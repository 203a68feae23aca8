// The ledger as a timeline, newest first: each entry sealed by the one after it; and who served at a chosen time.
import { useState } from 'preact/hooks';
import type { z } from 'zod';
import { entrySchema, ledgerSchema } from '../../../lambdas/core/operations/answers.ts';
import { request } from '../api/client.ts';
import { useWords } from '../text/language.ts';
import { Banner } from '../widgets/banner.tsx';
import { Failure } from '../widgets/failure.tsx';

export function Ledger({ ledger }: { readonly ledger: z.infer<typeof ledgerSchema> }) {
  const t = useWords();
  const { verification } = ledger;
  const entries = ledger.entries.map((stored) => entrySchema.safeParse(stored).data ?? null);
  return (
    <>
      <h2>{t('ledger.title')}</h2>
      {verification.valid ? (
        <Banner kind="good">{t('ledger.whole', { entries: verification.entries })}</Banner>
      ) : (
        <Banner kind="bad">{t('ledger.broken', { text: verification.text ?? '' })}</Banner>
      )}
      <AsOf />
      {entries.length === 0 ? <p>{t('ledger.none')}</p> : null}
      <ol class="timeline" reversed>
        {entries.toReversed().map((entry, index) =>
          entry === null ? (
            <li key={`damaged ${index}`} class="damaged">
              {t('ledger.damaged')}
            </li>
          ) : (
            <li key={entry.rev} class={`${entry.action}${breaks(verification, entry.rev) ? ' damaged' : ''}`}>
              <p>
                <b>
                  {t(ACTION_WORDS[entry.action], { version: entry.version })}
                  {entry.kind === undefined ? null : ` (${t(KIND_WORDS[entry.kind])})`}
                </b>{' '}
                <span class="note">{t('ledger.by', { actor: entry.actor, time: t.time(entry.time) })}</span>
              </p>
              <p>{entry.reason}</p>
              <p class="fine">
                {t('ledger.rev', { rev: entry.rev })} · <code title={entry.hash}>{entry.hash.slice(0, 12)}</code>
                {entry.previous_hash === null ? null : (
                  <>
                    {' '}
                    ← <code title={entry.previous_hash}>{entry.previous_hash.slice(0, 12)}</code>
                  </>
                )}
              </p>
            </li>
          ),
        )}
      </ol>
    </>
  );
}

const ACTION_WORDS = {
  promote: 'ledger.promoted',
  rollback: 'ledger.rolledBack',
  hold: 'ledger.held',
  release: 'ledger.released',
} as const;
const KIND_WORDS = { first: 'ledger.first', superior: 'ledger.superior', refresh: 'ledger.refresh' } as const;

const breaks = (check: z.infer<typeof ledgerSchema>['verification'], rev: number) => !check.valid && check.rev === rev;

function AsOf() {
  const t = useWords();
  const [answer, setAnswer] = useState('');
  const [error, setError] = useState<Error | null>(null);
  const ask = async (local: string) => {
    setAnswer('');
    setError(null);
    if (local === '') return;
    const at = new Date(local).toISOString();
    try {
      const { served } = await request('GET', `/ledger?at=${encodeURIComponent(at)}`, { schema: ledgerSchema });
      setAnswer(
        served == null
          ? t('ledger.nobody', { time: t.time(at) })
          : t('ledger.servedThen', { version: served.version, time: t.time(at), actor: served.actor }),
      );
    } catch (failure) {
      setError(failure instanceof Error ? failure : new Error(String(failure)));
    }
  };
  return (
    <div class="as-of">
      <label for="as-of">{t('ledger.asOf')}</label>
      <input id="as-of" type="datetime-local" onChange={(event) => void ask(event.currentTarget.value)} />
      <p role="status">{answer}</p>
      <Failure error={error} />
    </div>
  );
}
