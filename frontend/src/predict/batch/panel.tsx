// A file of encounters: dropped or chosen, predicted with progress, downloaded with the answers.
import { useRef, useState } from 'preact/hooks';
import { FIELD_LIST } from '../../../../lambdas/core/encounter/contract.ts';
import { HIGH_RISK_PRESET, LOW_RISK_PRESET } from '../../../../lambdas/core/encounter/examples.ts';
import { useWords } from '../../text/language.ts';
import { Banner } from '../../widgets/banner.tsx';
import { download } from '../../widgets/download.ts';
import { DropZone } from '../../widgets/drop-zone.tsx';
import { Failure } from '../../widgets/failure.tsx';
import { type Body, draftOf } from '../draft.ts';
import { formatCsv } from './csv.ts';
import { type EncounterTable, readEncounters } from './encounters.ts';
import { type BatchResult, predictAll } from './run.ts';
import { BatchSummary } from './summary.tsx';

const NAMES = FIELD_LIST.map(({ name }) => name);

export function BatchPanel() {
  const t = useWords();
  const [table, setTable] = useState<EncounterTable | null>(null);
  const [done, setDone] = useState(0);
  const [result, setResult] = useState<BatchResult | null>(null);
  const [error, setError] = useState<Error | null>(null);
  const stopper = useRef<AbortController | null>(null);

  const take = async (file: File) => {
    stopper.current?.abort();
    const mine = new AbortController();
    stopper.current = mine;
    const read = readEncounters(await file.text());
    setTable(read);
    setResult(null);
    setError(null);
    setDone(0);
    if (read.missing.length > 0 || read.bodies.length === 0) return;
    try {
      setResult(await predictAll(read.bodies, setDone, mine.signal));
    } catch (failure) {
      if (!mine.signal.aborted) setError(failure instanceof Error ? failure : new Error(String(failure)));
    }
  };
  const example = () =>
    download('encounters.csv', 'text/csv', formatCsv([NAMES, ...[LOW_RISK_PRESET, HIGH_RISK_PRESET].map(cellsOf)]));

  return (
    <div class="batch card">
      <h2>{t('batch.title')}</h2>
      <p>{t('batch.note', { fields: FIELD_LIST.length })}</p>
      <DropZone label={t('batch.drop')} accept=".csv,text/csv" onFile={(file) => void take(file)} />
      <p>
        <button type="button" class="quiet" onClick={example}>
          {t('batch.example')}
        </button>
      </p>
      <Failure error={error} ask />
      {table !== null && table.bodies.length === 0 ? <Banner kind="warn">{t('batch.noRows')}</Banner> : null}
      {table !== null && table.missing.length > 0 ? (
        <Banner kind="bad">{t('batch.missing', { columns: table.missing.map(({ name }) => name).join(', ') })}</Banner>
      ) : null}
      {table !== null && table.missing.length === 0 && table.bodies.length > 0 && error === null ? (
        <div class="progress-row">
          <progress max={table.bodies.length} value={done} aria-label={t('batch.progress')} />
          <span role="status">{t('batch.done', { done: t.number(done), of: t.number(table.bodies.length) })}</span>
        </div>
      ) : null}
      {table === null || result === null ? null : <BatchSummary table={table} result={result} />}
    </div>
  );
}

const cellsOf = (preset: Body) => NAMES.map((name) => draftOf(preset)[name]);
