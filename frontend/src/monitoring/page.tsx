// Monitoring: what /metrics says, read every few seconds; rates from the differences.
import { useEffect, useState } from 'preact/hooks';
import { requestText } from '../api/client.ts';
import { config } from '../api/config.ts';
import { useLoaded } from '../api/use-loaded.ts';
import { useWords } from '../text/language.ts';
import { Failure } from '../widgets/failure.tsx';
import { Plot } from '../widgets/plot.tsx';
import { Table } from '../widgets/table.tsx';
import { named, parseExposition, type Sample, sum } from './exposition.ts';
import { Latency } from './latency.tsx';

const EVERY_MS = 5000;
const KEPT = 120;

interface Reading {
  readonly at: number;
  readonly predictions: number;
  readonly errors: number;
}

export function MonitoringPage(_: { readonly rest: string }) {
  const t = useWords();
  const [readings, setReadings] = useState<readonly Reading[]>([]);
  const { data, error } = useLoaded(async () => parseExposition(await requestText('/metrics')), 'metrics', EVERY_MS);
  const base = useLoaded(config, 'config').data?.api ?? '';

  useEffect(() => {
    if (data === null) return;
    const reading = {
      at: Date.now() / 1000,
      predictions: sum(named(data, 'predictions_total')),
      errors: sum(named(data, 'prediction_errors_total')),
    };
    setReadings((old) => [...old, reading].slice(-KEPT));
  }, [data]);

  if (data === null) return error === null ? <p>{t('loading')}</p> : <Failure error={error} ask />;
  const predictions = named(data, 'predictions_total');
  const errors = named(data, 'prediction_errors_total').filter(({ value }) => value > 0);
  const positive = sum(predictions.filter(({ labels }) => labels.prediction === '1'));
  const total = sum(predictions);
  return (
    <div class="stack">
      <p class="lead">
        {t('monitoring.lead')} <a href={`${base}/metrics`}>/metrics</a>
      </p>
      <Failure error={error} />
      <ul class="tiles">
        <Tile label={t('monitoring.predictions')} value={t.number(total)} />
        <Tile label={t('monitoring.rate')} value={rateText(t.number, readings)} />
        <Tile label={t('monitoring.flagged')} value={total === 0 ? '–' : t.percent(positive / total)} />
        <Tile label={t('monitoring.errors')} value={t.number(sum(errors))} />
      </ul>
      <div class="plots">
        <Plot
          title={t('monitoring.overTime')}
          x={t('monitoring.time')}
          y={t('monitoring.perSecond')}
          time
          lines={[
            { label: t('monitoring.predictions'), points: rates(readings, 'predictions'), color: 0 },
            { label: t('monitoring.errors'), points: rates(readings, 'errors'), color: 1 },
          ]}
        />
        <Latency samples={data} />
      </div>
      <div class="card">
        <Table
          caption={t('monitoring.byVersion')}
          head={[t('models.version'), t('result.low'), t('result.high'), t('monitoring.flagged')]}
          rows={versionRows(t, predictions)}
        />
      </div>
      <div class="card">
        {errors.length === 0 ? (
          <p>{t('monitoring.noErrors')}</p>
        ) : (
          <Table
            caption={t('monitoring.errorsByType')}
            head={[t('monitoring.type'), t('monitoring.count')]}
            rows={errors.map(({ labels, value }) => [labels.error_type ?? '', t.number(value)])}
          />
        )}
      </div>
    </div>
  );
}

function Tile({ label, value }: { readonly label: string; readonly value: string }) {
  return (
    <li class="card">
      <span class="soft">{label}</span>
      <b>{value}</b>
    </li>
  );
}

function versionRows(t: ReturnType<typeof useWords>, predictions: readonly Sample[]) {
  const versions = [...new Set(predictions.map(({ labels }) => labels.model_version ?? ''))];
  return versions.map((version) => {
    const of = (prediction: string) =>
      sum(predictions.filter(({ labels }) => labels.model_version === version && labels.prediction === prediction));
    const [low, high] = [of('0'), of('1')];
    return [version, t.number(low), t.number(high), low + high === 0 ? '–' : t.percent(high / (low + high))];
  });
}

/** Per second between one reading and the next; a counter that fell was restarted and gives no rate. */
function rates(readings: readonly Reading[], what: 'predictions' | 'errors'): [number, number][] {
  return readings.slice(1).flatMap((now, index): [number, number][] => {
    const before = readings[index];
    if (before === undefined || now[what] < before[what]) return [];
    return [[now.at, (now[what] - before[what]) / (now.at - before.at)]];
  });
}

function rateText(number: (value: number, digits?: number) => string, readings: readonly Reading[]): string {
  const last = rates(readings, 'predictions').at(-1)?.[1];
  return last === undefined ? '–' : `${number(last, 1)}/s`;
}
