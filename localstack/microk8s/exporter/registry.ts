// Metric families in prom-client's registry, beside the exporter's own metrics.
import { Counter, collectDefaultMetrics, Gauge, Histogram as PromHistogram, Registry } from 'prom-client';
import { familiesOf } from '../../../lambdas/core/exposition/families.ts';
import type { Family, Histogram, Labels } from '../../../lambdas/core/exposition/family.ts';
import type { Snapshot } from '../../../lambdas/core/exposition/snapshot.ts';

export interface Reading {
  readonly snapshot: Snapshot | null;
  readonly failure: string | null;
  /** How often the endpoint was read since the start. */
  readonly readings: number;
  /** Milliseconds since 1970; 0 before the first. */
  readonly lastSuccess: number;
}

const own = new Registry();
const PREFIX = 'readmit_exporter_';
collectDefaultMetrics({ register: own, prefix: PREFIX });
// Gauges with the suffix of counters, which promtool refuses; the same figures are there by type.
for (const kind of ['handles', 'requests', 'resources']) own.removeSingleMetric(`${PREFIX}nodejs_active_${kind}_total`);

/** While the endpoint cannot be read there are no figures but readmit_up 0: an old figure would look like a new one. */
export async function metricsText(reading: Reading): Promise<string> {
  const registry = new Registry();
  for (const family of [
    ...stateFamilies(reading),
    ...(reading.snapshot === null ? [] : familiesOf(reading.snapshot)),
  ]) {
    register(registry, family);
  }
  for (const metric of own.getMetricsAsArray()) {
    const known = own.getSingleMetric(metric.name);
    if (known !== undefined) registry.registerMetric(known);
  }
  return registry.metrics();
}

function stateFamilies({ snapshot, readings, lastSuccess }: Reading): Family[] {
  const single = (name: string, help: string, value: number): Family => ({
    ...{ type: 'gauge', name, help },
    samples: [{ labels: {}, value }],
  });
  return [
    single('readmit_up', '1 if the tables, executions and ledger could be read, else 0.', snapshot === null ? 0 : 1),
    single(
      'readmit_last_read_timestamp_seconds',
      'When they were last read; 0 before the first time.',
      lastSuccess / 1000,
    ),
    {
      ...{ type: 'counter', name: 'readmit_exporter_readings_total' },
      ...{
        help: 'Readings since the start; scrapes in between share one.',
        samples: [{ labels: {}, value: readings }],
      },
    },
  ];
}

function register(registry: Registry, family: Family): void {
  const { name, help } = family;
  const registers = [registry];
  if (family.type === 'histogram') {
    new StoredHistogram(name, help, registry, family.histograms);
    return;
  }
  const labelNames = [...new Set(family.samples.flatMap(({ labels }) => Object.keys(labels)))];
  if (family.type === 'gauge') {
    const metric = new Gauge({ name, help, labelNames, registers });
    if (family.samples.length === 0 && labelNames.length === 0) metric.remove();
    for (const { labels, value } of family.samples) metric.set(labels, value);
  } else {
    const metric = new Counter({ name, help, labelNames, registers });
    if (family.samples.length === 0) metric.remove();
    for (const { labels, value } of family.samples) metric.inc(labels, value);
  }
}

/** A histogram that was counted elsewhere. prom-client's own can only observe, so this one is a gauge by construction. */
class StoredHistogram extends Gauge {
  readonly #name: string;
  readonly #histograms: readonly Histogram[];

  constructor(name: string, help: string, registry: Registry, histograms: readonly Histogram[]) {
    super({ name, help, registers: [registry] });
    this.#name = name;
    this.#histograms = histograms;
  }

  override async get(): ReturnType<Gauge['get']> {
    const name = this.#name;
    const values = this.#histograms.flatMap(({ labels, buckets, sum, count }) => [
      ...buckets.map(([bound, n]) => series(`${name}_bucket`, { ...labels, le: String(bound) }, n)),
      series(`${name}_bucket`, { ...labels, le: '+Inf' }, count),
      series(`${name}_sum`, labels, sum),
      series(`${name}_count`, labels, count),
    ]);
    return { ...(await super.get()), type: HISTOGRAM, values };
  }
}

const { type: HISTOGRAM } = await new PromHistogram({ name: 'any', help: 'any', registers: [] }).get();
const series = (metricName: string, labels: Labels, value: number) => ({ metricName, labels, value });
