// What came of a file: counts, the patients of highest risk, rows that did not fit, and all of it as a file.
import { useWords } from '../../text/language.ts';
import { download } from '../../widgets/download.ts';
import { Table } from '../../widgets/table.tsx';
import { formatCsv } from './csv.ts';
import type { EncounterTable } from './encounters.ts';
import type { BatchResult } from './run.ts';

const TOP = 20;
const WRONG = 20;

export function BatchSummary({ table, result }: { readonly table: EncounterTable; readonly result: BatchResult }) {
  const t = useWords();
  const good = result.items.flatMap((item) =>
    item.result === undefined ? [] : [{ ...item.result, index: item.index }],
  );
  const wrong = result.items.filter((item) => item.error !== undefined);
  const high = good.filter(({ prediction }) => prediction === 1).length;
  const top = good.toSorted((a, b) => b.probability - a.probability).slice(0, TOP);
  const name = (index: number) => table.ids[index] || t('batch.row', { row: index + 2 });
  return (
    <section aria-label={t('batch.result')}>
      <p class="counts">
        <b>{t.number(good.length)}</b> {t('batch.predicted')} · <b>{t.number(high)}</b> {t('batch.high')} ·{' '}
        <b>{t.number(wrong.length)}</b> {t('batch.wrong')} ·{' '}
        {t('batch.model', { versions: result.modelVersions.join(', ') })}
      </p>
      <p>
        <button type="button" class="primary" onClick={() => save(table, result)}>
          {t('batch.download')}
        </button>
      </p>
      {top.length === 0 ? null : (
        <Table
          caption={t('batch.top')}
          head={[t('batch.patient'), t('batch.probability'), t('batch.risk'), t('warnings.short')]}
          rows={top.map((row) => [
            name(row.index),
            t.percent(row.probability),
            t(row.prediction === 1 ? 'result.high' : 'result.low'),
            String(row.warnings.length),
          ])}
        />
      )}
      {wrong.length === 0 ? null : (
        <Table
          caption={t('batch.wrongRows')}
          head={[t('batch.patient'), t('batch.problem')]}
          rows={wrong.slice(0, WRONG).map(({ index, error }) => [name(index), error?.detail ?? ''])}
        />
      )}
    </section>
  );
}

/** In the order of the file; `row` counts as a spreadsheet does, the header being 1. */
function save(table: EncounterTable, { items }: BatchResult): void {
  const head = ['row', 'id', 'probability', 'prediction', 'risk_level', 'model_version', 'warnings', 'error'];
  const rows = items.map(({ index, result, error }) => [
    index + 2,
    table.ids[index] ?? '',
    result?.probability ?? null,
    result?.prediction ?? null,
    result?.risk_level ?? '',
    result?.model_version ?? '',
    result?.warnings.map(({ field, code }) => `${field}: ${code}`).join('; ') ?? '',
    error?.detail ?? '',
  ]);
  download('predictions.csv', 'text/csv', formatCsv([head, ...rows]));
}
