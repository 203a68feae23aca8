// Tables and figures as the card's page writes them.

import type { Estimate } from '../evaluation/estimate.ts';
import { html, type Markup } from './markup.ts';

/** The first cell of a row is its header. Tables scroll within themselves on narrow screens. */
export function table(caption: string, head: readonly string[], body: readonly (readonly string[])[]): Markup {
  return html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0"><table><caption>${caption}</caption>
<thead><tr>${head.map((cell) => html`<th scope="col">${cell}</th>`)}</tr></thead>
<tbody>${body.map(
    ([first, ...rest]) => html`<tr><th scope="row">${first}</th>${rest.map((cell) => html`<td>${cell}</td>`)}</tr>
`,
  )}</tbody></table></div>`;
}

export function shown({ value, low, high, reason }: Estimate): string {
  if (value === null) return `not measured: ${reason ?? 'unknown'}`;
  return low === null || high === null
    ? value.toFixed(4)
    : `${value.toFixed(4)} [${low.toFixed(4)}, ${high.toFixed(4)}]`;
}

export function percent(share: number): string {
  return `${(100 * share).toFixed(0)} %`;
}

/** 99,343: the same on every machine, whatever its locale. */
export function grouped(value: number): string {
  return value.toFixed(0).replace(/\B(?=(\d{3})+$)/g, ',');
}
