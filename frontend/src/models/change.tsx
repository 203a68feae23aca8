// Promote a version or go back to the one before: always with a reason, which stays in the ledger.
import { useState } from 'preact/hooks';
import type { LedgerEntry } from '../../../lambdas/core/ledger/entry.ts';
import { rollbackTarget } from '../../../lambdas/core/ledger/history.ts';
import { entrySchema } from '../../../lambdas/core/operations/answers.ts';
import { operate } from '../api/operate.ts';
import { useWords } from '../text/language.ts';
import { useAction } from '../widgets/action.ts';
import { Banner } from '../widgets/banner.tsx';
import { Failure } from '../widgets/failure.tsx';
import { Operator } from '../widgets/operator.tsx';

export function Change({
  versions,
  served,
  entries,
  onChanged,
}: {
  readonly versions: readonly number[];
  readonly served: number | null;
  /** The ledger as it is shown: a change is made against it, so that nobody undoes what they have not seen. */
  readonly entries: readonly LedgerEntry[];
  readonly onChanged: () => void;
}) {
  const t = useWords();
  const [version, setVersion] = useState('');
  const [reason, setReason] = useState('');
  const [done, setDone] = useState('');
  const { busy, error, run } = useAction();
  const others = versions.filter((one) => one !== served);
  const chosen = version || String(others[0] ?? '');
  const change = (path: '/promotions' | '/rollbacks') =>
    run(async () => {
      setDone('');
      const expected = entries.at(-1)?.rev;
      const target = path === '/promotions' ? Number(chosen) : rollbackTarget(entries)?.version;
      const body = { reason, version: target, expected_rev: expected };
      const entry = await operate(path, { schema: entrySchema, body });
      setDone(t('change.done', { version: entry.version, rev: entry.rev }));
      setReason('');
      setVersion('');
      onChanged();
    });
  const ready = reason.trim().length >= 3 && !busy;
  return (
    <section class="card">
      <h2>{t('change.title')}</h2>
      <Failure error={error} />
      {done === '' ? null : <Banner kind="good">{done}</Banner>}
      <Operator>
        <form class="stack change" onSubmit={(event) => event.preventDefault()}>
          <div>
            <label for="version">{t('change.version')}</label>
            <select id="version" value={chosen} onChange={(event) => setVersion(event.currentTarget.value)}>
              {others.map((one) => (
                <option key={one} value={String(one)}>
                  {t('models.versionName', { version: one })}
                </option>
              ))}
            </select>
          </div>
          <div>
            <label for="reason">{t('change.reason')}</label>
            <input
              id="reason"
              type="text"
              maxLength={500}
              value={reason}
              aria-describedby="reason-note"
              onInput={(event) => setReason(event.currentTarget.value)}
            />
            <p class="note" id="reason-note">
              {t('change.reasonNote')}
            </p>
          </div>
          <div class="row">
            <button
              type="button"
              class="primary"
              disabled={!ready || chosen === ''}
              onClick={() => change('/promotions')}
            >
              {t('change.promote')}
            </button>
            <button type="button" class="danger" disabled={!ready} onClick={() => change('/rollbacks')}>
              {t('change.rollback')}
            </button>
          </div>
        </form>
      </Operator>
    </section>
  );
}
