// Prometheus' text format as samples: https://prometheus.io/docs/instrumenting/exposition_formats/

export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const LINE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})?\s+(\S+)(?:\s+-?\d+)?$/;
const LABEL = /([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"/g;
const ESCAPES: Readonly<Record<string, string>> = { '\\n': '\n', '\\"': '"', '\\\\': '\\' };

/** Lines that are no sample are left out. */
export function parseExposition(text: string): Sample[] {
  return text.split('\n').flatMap((line) => {
    const [, name, labels = '', value = ''] = line.startsWith('#') ? [] : (LINE.exec(line) ?? []);
    if (name === undefined) return [];
    const pairs = [...labels.matchAll(LABEL)].map(([, key = '', raw = '']) => [
      key,
      raw.replace(/\\[n"\\]/g, (sequence) => ESCAPES[sequence] ?? sequence),
    ]);
    return [{ name, labels: Object.fromEntries(pairs), value: numberOf(value) }];
  });
}

function numberOf(text: string): number {
  if (text === '+Inf') return Number.POSITIVE_INFINITY;
  if (text === '-Inf') return Number.NEGATIVE_INFINITY;
  return Number(text);
}

export const named = (samples: readonly Sample[], name: string) => samples.filter((sample) => sample.name === name);
export const sum = (samples: readonly Sample[]) => samples.reduce((total, { value }) => total + value, 0);

/** Observations in each bucket of a histogram, over all its series; `upper` in the histogram's own unit. */
export function bucketsOf(samples: readonly Sample[], name: string): { upper: number; count: number }[] {
  const cumulative = new Map<number, number>();
  for (const { labels, value } of named(samples, `${name}_bucket`)) {
    const upper = numberOf(labels.le ?? '');
    cumulative.set(upper, (cumulative.get(upper) ?? 0) + value);
  }
  let below = 0;
  return [...cumulative]
    .sort(([a], [b]) => a - b)
    .map(([upper, count]) => {
      const own = count - below;
      below = count;
      return { upper, count: own };
    });
}
