// Models: which version serves, which could, who decided it when; promote and roll back.

import { entrySchema, ledgerSchema, modelListSchema } from '../../../lambdas/core/operations/answers.ts';
import { request } from '../api/client.ts';
import { useLoaded } from '../api/use-loaded.ts';
import { linkTo } from '../shell/route.ts';
import { useWords } from '../text/language.ts';
import { Banner } from '../widgets/banner.tsx';
import { Failure } from '../widgets/failure.tsx';
import { Table } from '../widgets/table.tsx';
import { Change } from './change.tsx';
import { ModelDetail } from './detail.tsx';
import { Ledger } from './ledger.tsx';

const EVERY_MS = 10_000;

export function ModelsPage({ rest }: { readonly rest: string }) {
  const t = useWords();
  const models = useLoaded(() => request('GET', '/models', { schema: modelListSchema }), 'models', EVERY_MS);
  const ledger = useLoaded(() => request('GET', '/ledger', { schema: ledgerSchema }), 'ledger', EVERY_MS);
  const reload = () => {
    models.reload();
    ledger.reload();
  };
  if (models.data === null) return models.error === null ? <p>{t('loading')}</p> : <Failure error={models.error} ask />;
  const entries = (ledger.data?.entries ?? []).flatMap((entry) => entrySchema.safeParse(entry).data ?? []);
  const { models: versions, served_version: served, model_name: name } = models.data;
  return (
    <div class="stack">
      <p class="lead">{served === null ? t('models.noneServed') : t('models.served', { name, version: served })}</p>
      {models.data.hold == null ? null : (
        <Banner kind="bad">
          {t('models.held', { actor: models.data.hold.actor, reason: models.data.hold.reason })}{' '}
          {models.data.hold.until === null ? null : t('models.heldUntil', { time: t.time(models.data.hold.until) })}
        </Banner>
      )}
      <div class="models">
        <div class="stack">
          <section class="card">
            {versions.length === 0 ? (
              <p>{t('models.none')}</p>
            ) : (
              <Table
                caption={t('models.versions')}
                head={[t('models.version'), t('models.algorithm'), t('models.created'), t('models.state')]}
                rows={versions.map((one) => [
                  <a
                    href={linkTo('models', String(one.version))}
                    aria-current={rest === String(one.version) ? 'true' : undefined}
                  >
                    {t('models.versionName', { version: one.version })}
                  </a>,
                  one.algorithm.replaceAll('_', ' '),
                  t.time(one.created_at),
                  one.stage === null ? '–' : <b class="serving">{one.stage}</b>,
                ])}
              />
            )}
          </section>
          <Change
            versions={versions.map(({ version }) => version)}
            served={served}
            entries={entries}
            onChanged={reload}
          />
        </div>
        <section class="card">
          <Failure error={ledger.error} />
          {ledger.data === null ? <p>{t('loading')}</p> : <Ledger ledger={ledger.data} />}
        </section>
      </div>
      {/^\d+$/.test(rest) ? <ModelDetail key={rest} version={rest} /> : null}
    </div>
  );
}
