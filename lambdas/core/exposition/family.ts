// A metric family: what /metrics and the exporter both publish, before anyone decides how it is written.

export type Labels = Readonly<Record<string, string>>;

export interface Sample {
  readonly labels: Labels;
  readonly value: number;
}

export interface Histogram {
  readonly labels: Labels;
  /** Upper bounds with the cumulative count up to each, without +Inf. */
  readonly buckets: readonly (readonly [bound: number, count: number])[];
  readonly sum: number;
  readonly count: number;
}

/** Names follow the Prometheus naming rules: base units, `_total` on counters and on nothing else. */
export type Family =
  | { readonly type: 'counter' | 'gauge'; readonly name: string; readonly help: string; readonly samples: Sample[] }
  | { readonly type: 'histogram'; readonly name: string; readonly help: string; readonly histograms: Histogram[] };

export function gauge(name: string, help: string, samples: Sample[] | number): Family {
  return { type: 'gauge', name, help, samples: typeof samples === 'number' ? [sample(samples)] : samples };
}

export function counter(name: string, help: string, samples: Sample[] | number): Family {
  return { type: 'counter', name, help, samples: typeof samples === 'number' ? [sample(samples)] : samples };
}

export function sample(value: number, labels: Labels = {}): Sample {
  return { labels, value };
}
