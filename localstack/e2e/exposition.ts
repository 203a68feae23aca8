// Reads Prometheus text as a scraper does: series by name and labels.

export type Series = ReadonlyMap<string, number>;

/** Values by series as written, e.g. `predictions_total{model_version="1",prediction="0"}`. */
export async function scrape(url: string): Promise<Series> {
  const response = await fetch(url);
  const text = await response.text();
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${text}`);
  return parseSeries(text);
}

export function parseSeries(text: string): Series {
  const series = new Map<string, number>();
  for (const line of text.split('\n')) {
    if (line === '' || line.startsWith('#')) continue;
    const cut = line.lastIndexOf(' ');
    series.set(line.slice(0, cut), Number(line.slice(cut + 1).replace('Inf', 'Infinity')));
  }
  return series;
}

/** The sum over all series of a metric. */
export function total(series: Series, name: string): number {
  return [...series].reduce((sum, [key, value]) => (key === name || key.startsWith(`${name}{`) ? sum + value : sum), 0);
}
