// Rows that were put aside: by batch, with the reason of each, to read and to download. They show patients, so an operator
// alone may see them.
import { useState } from 'preact/hooks';
import { QUARANTINE_REASONS } from '../../../lambdas/core/encounter/quarantine.ts';
import { quarantineSchema } from '../../../lambdas/core/operations/pipeline.ts';
import { request } from '../api/client.ts';
import { useLoaded } from '../api/use-loaded.ts';
import { formatCsv } from '../predict/batch/csv.ts';
import { useWords } from '../text/language.ts';
import { download } from '../widgets/download.ts';
import { Failure } from '../widgets/failure.tsx';
import { Operator } from '../widgets/operator.tsx';
import { Table } from '../widgets/table.tsx';

const SHOWN = 100;
const meaning = (reason: string) => new Map<string, string>(Object.entries(QUARANTINE_REASONS)).get(reason) ?? reason;

export function QuarantinePanel() {
  const t = useWords();
  return (
    <div class="stack">
      <p class="lead">{t('quarantine.lead')}</p>
      <Operator>
        <Batches />
      </Operator>
    </div>
  );
}

function Batches() {
  const t = useWords();
  const [batch, setBatch] = useState<number | null>(null);
  const query = batch === null ? '' : `?batch_id=${batch}`;
  const { data, error } = useLoaded(() => request('GET', `/quarantine${query}`, { schema: quarantineSchema }), query);
  if (data === null) return error === null ? <p>{t('loading')}</p> : <Failure error={error} />;
  const count = (reasons: Readonly<Record<string, number>>) => Object.values(reasons).reduce((sum, n) => sum + n, 0);
  const save = () =>
    download(
      `quarantine-batch-${batch}.csv`,
      'text/csv',
      formatCsv([
        ['line', 'reason', 'field', 'message', 'encoding', 'raw'],
        ...data.rows.map((row) => [row.line, row.reason, row.field, row.message, row.encoding, row.raw]),
      ]),
    );
  return (
    <>
      <Failure error={error} />
      <div class="card">
        {data.batches.length === 0 ? (
          <p>{t('quarantine.none')}</p>
        ) : (
          <Table
            caption={t('quarantine.batches')}
            head={[t('quarantine.batch'), t('quarantine.rows'), t('quarantine.aside'), t('quarantine.reasons')]}
            rows={data.batches.map((one) => [
              <button
                type="button"
                class="quiet"
                aria-pressed={batch === one.batch_id}
                onClick={() => setBatch(one.batch_id)}
              >
                {t('quarantine.batchName', { id: one.batch_id })}
              </button>,
              t.number(one.rows),
              t.number(count(one.quarantined)),
              Object.entries(one.quarantined)
                .map(([reason, n]) => `${reason} ${t.number(n)}`)
                .join(', ') || '–',
            ])}
          />
        )}
      </div>
      {batch === null || data.batch_id === null ? null : (
        <div class="card">
          <div class="row">
            <h2>{t('quarantine.batchName', { id: batch })}</h2>
            <button type="button" disabled={data.rows.length === 0} onClick={save}>
              {t('quarantine.download')}
            </button>
          </div>
          <p class="note">{t('quarantine.shown', { shown: Math.min(SHOWN, data.rows.length), total: data.total })}</p>
          {data.rows.length === 0 ? (
            <p>{t('quarantine.clean')}</p>
          ) : (
            <Table
              caption={t('quarantine.rowsOf', { id: batch })}
              head={[
                t('quarantine.line'),
                t('quarantine.reason'),
                t('quarantine.field'),
                t('quarantine.message'),
                t('quarantine.raw'),
              ]}
              rows={data.rows
                .slice(0, SHOWN)
                .map((row) => [
                  row.line,
                  <span title={meaning(row.reason)}>{row.reason}</span>,
                  row.field ?? '–',
                  row.message,
                  <code class="raw">{row.raw.slice(0, 160)}</code>,
                ])}
            />
          )}
        </div>
      )}
    </>
  );
}
