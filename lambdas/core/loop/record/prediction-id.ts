// The name of a prediction: the UTC day it was made on, the request, and its place in the batch. Made of what the request
// has anyway, so that it costs nothing; the day says where its record lies.

export interface PredictionIdParts {
  /** E.g. 2026-11-01. */
  readonly day: string;
  readonly requestId: string;
  readonly position: number;
}

const PATTERN = /^(\d{4})(\d{2})(\d{2})\.([\w-]{1,80})\.(\d{1,3})$/;

let lastDay = -1;
let lastText = '';

/**
 * E.g. `20261101.1f0c2ab3-4d5e-4f60-8a7b-9c0d1e2f3a4b.0`.
 * @param time when the request came, milliseconds since 1970
 */
export function predictionId(time: number, requestId: string, position: number): string {
  const day = Math.floor(time / 86_400_000);
  if (day !== lastDay) {
    lastDay = day;
    lastText = new Date(time).toISOString().slice(0, 10).replaceAll('-', '');
  }
  return `${lastText}.${requestId}.${position}`;
}

/** The parts of a prediction's name; null for what is none. */
export function parsePredictionId(text: string): PredictionIdParts | null {
  const [, year, month, date, requestId, position] = PATTERN.exec(text) ?? [];
  if (requestId === undefined) return null;
  const day = `${year}-${month}-${date}`;
  return Number.isNaN(Date.parse(`${day}T00:00:00Z`)) ? null : { day, requestId, position: Number(position) };
}
