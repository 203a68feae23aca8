// The model beside what is simpler: scores that are added up at the bedside, other kinds of model, the mean rate.
import type { SimplerWay } from '../bedside/simpler-ways.ts';
import { html, type Markup } from './markup.ts';
import { shown, table } from './table.ts';

export function simplerTable(ways: readonly SimplerWay[]): Markup {
  if (ways.length === 0) return html`<p>Not measured.</p>`;
  const scores = ways.filter(({ source }) => source !== null);
  const rows = ways.map(({ title, auroc, log_loss, gain }) => [
    title,
    auroc?.toFixed(4) ?? 'not measured',
    shown(gain.auroc),
    log_loss?.toFixed(4) ?? 'not measured',
    shown(gain.log_loss),
  ]);
  return html`<p>On the same test rows, patients drawn at random. A bedside score got its probabilities by a logistic regression on
the training rows, as a hospital would recalibrate it; a model that is not better than the best of them is refused.</p>
${table('Simpler ways, the hardest to beat first', ['Way', 'AUROC', 'Gain of this model', 'Log loss', 'Change by this model'], rows)}
<p>What the scores lack here:</p><ul>${scores.map(({ title, source, missing }) => html`<li>${title} (${source ?? ''}): ${missing ?? ''}.</li>`)}</ul>`;
}
