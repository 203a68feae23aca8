// Metric families as text: the Prometheus exposition format 0.0.4 and OpenMetrics 1.0.0.
// https://prometheus.io/docs/instrumenting/exposition_formats/ and https://prometheus.io/docs/specs/om/open_metrics_spec/
import type { Family, Labels } from './family.ts';

export type Format = 'prometheus' | 'openmetrics';

export const CONTENT_TYPES: Readonly<Record<Format, string>> = {
  prometheus: 'text/plain; version=0.0.4; charset=utf-8',
  openmetrics: 'application/openmetrics-text; version=1.0.0; charset=utf-8',
};

export function renderFamilies(families: readonly Family[], format: Format): string {
  const text = families.map((family) => renderFamily(family, format)).join('');
  return format === 'openmetrics' ? `${text}# EOF\n` : text;
}

function renderFamily(family: Family, format: Format): string {
  // OpenMetrics names a counter without its suffix, and only its sample with it.
  const name = format === 'openmetrics' && family.type === 'counter' ? family.name.replace(/_total$/, '') : family.name;
  const lines = [`# HELP ${name} ${escapeHelp(family.help, format)}`, `# TYPE ${name} ${family.type}`];
  if (family.type !== 'histogram') {
    for (const { labels, value } of family.samples) lines.push(line(family.name, labels, value));
    return `${lines.join('\n')}\n`;
  }
  for (const { labels, buckets, sum, count } of family.histograms) {
    for (const [bound, n] of buckets)
      lines.push(line(`${name}_bucket`, { ...labels, le: boundText(bound, format) }, n));
    lines.push(line(`${name}_bucket`, { ...labels, le: '+Inf' }, count));
    lines.push(line(`${name}_sum`, labels, sum), line(`${name}_count`, labels, count));
  }
  return `${lines.join('\n')}\n`;
}

function line(name: string, labels: Labels, value: number): string {
  const pairs = Object.entries(labels).map(([key, text]) => `${key}="${escapeLabel(text)}"`);
  return `${name}${pairs.length === 0 ? '' : `{${pairs.join(',')}}`} ${numberText(value)}`;
}

/** The value of `le`: OpenMetrics wants the canonical float, with a point even in whole numbers. */
export function boundText(bound: number, format: Format): string {
  return format === 'openmetrics' && Number.isInteger(bound) ? `${bound}.0` : String(bound);
}

function numberText(value: number): string {
  if (value === Number.POSITIVE_INFINITY) return '+Inf';
  return value === Number.NEGATIVE_INFINITY ? '-Inf' : String(value);
}

function escapeLabel(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}

function escapeHelp(text: string, format: Format): string {
  const escaped = text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
  return format === 'openmetrics' ? escaped.replaceAll('"', '\\"') : escaped;
}
