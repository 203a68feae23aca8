// Which text format a client wants, by its Accept header (RFC 9110, section 12.5.1).
import type { Format } from './text.ts';

/** OpenMetrics for whom names it and does not prefer plain text; Prometheus 0.0.4 for everyone else, browsers too. */
export function acceptedFormat(accept: string | undefined): Format {
  let openmetrics = 0;
  let plain = 0;
  for (const range of (accept ?? '').toLowerCase().split(',')) {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim());
    const quality = qualityOf(parameters);
    if (type === 'application/openmetrics-text') openmetrics = Math.max(openmetrics, quality);
    else if (type === 'text/plain') plain = Math.max(plain, quality);
  }
  return openmetrics > 0 && openmetrics >= plain ? 'openmetrics' : 'prometheus';
}

function qualityOf(parameters: readonly string[]): number {
  const given = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
  const quality = given === undefined ? 1 : Number(given);
  return quality >= 0 && quality <= 1 ? quality : 0;
}
