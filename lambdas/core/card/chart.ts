// The calibration of a model as a picture: predicted against observed share, beside the diagonal of perfect calibration.

import { html, type Markup } from './markup.ts';

const SIDE = 300;
const EDGE = 44;

/** Points are [mean predicted, observed] by bin; the axes end at the next tenth above the largest of them. */
export function calibrationChart(points: readonly (readonly [number, number])[]): Markup {
  const largest = Math.max(0.1, ...points.flat());
  const end = Math.ceil(largest * 10 - 1e-9) / 10;
  const x = (share: number) => (EDGE + (share / end) * (SIDE - EDGE - 8)).toFixed(1);
  const y = (share: number) => (SIDE - EDGE - (share / end) * (SIDE - EDGE - 8)).toFixed(1);
  const line = points.map(([predicted, observed]) => `${x(predicted)},${y(observed)}`).join(' ');
  const ticks = [0, end / 2, end];
  return html`<figure><svg viewBox="0 0 ${SIDE} ${SIDE}" role="img" aria-labelledby="calibration-title calibration-text">
<title id="calibration-title">Calibration</title>
<desc id="calibration-text">Observed against predicted share of readmissions in ${points.length} bins, also in the table that follows.</desc>
<rect x="${x(0)}" y="${y(end)}" width="${SIDE - EDGE - 8}" height="${SIDE - EDGE - 8}" fill="none" stroke="var(--line)"/>
<line x1="${x(0)}" y1="${y(0)}" x2="${x(end)}" y2="${y(end)}" stroke="var(--line)" stroke-dasharray="4 3"/>
<polyline points="${line}" fill="none" stroke="var(--mark)" stroke-width="2"/>
${points.map(([predicted, observed]) => html`<circle cx="${x(predicted)}" cy="${y(observed)}" r="3" fill="var(--mark)"/>`)}
${ticks.map((tick) => html`<text x="${x(tick)}" y="${SIDE - EDGE + 14}" text-anchor="middle">${tick.toFixed(2)}</text><text x="${EDGE - 4}" y="${y(tick)}" text-anchor="end" dominant-baseline="middle">${tick.toFixed(2)}</text>`)}
<text x="${SIDE / 2 + EDGE / 2}" y="${SIDE - 8}" text-anchor="middle">predicted</text>
<text x="10" y="${SIDE / 2 - EDGE / 2}" text-anchor="middle" transform="rotate(-90 10 ${SIDE / 2 - EDGE / 2})">observed</text>
</svg><figcaption>Perfect calibration is the dashed line.</figcaption></figure>`;
}
