// The card's first figures: what the recipe is worth on encounters that came later than all that it learned from.

import type { Estimate } from '../evaluation/estimate.ts';
import type { MeasuredInTime, TemporalEvaluation, TemporalFigures } from '../temporal/schema.ts';
import { html, type Markup } from './markup.ts';
import { grouped, percent, shown, table } from './table.ts';

const HEAD = [
  'Encounters tested',
  'Number',
  'Readmitted',
  'AUROC',
  'Observed for each expected',
  'ECE',
  'Calibration slope',
  'Calibration intercept',
  'Log loss',
];

export function inTime(temporal: TemporalEvaluation | undefined): Markup {
  if (temporal === undefined) return html`<p>This model was made before figures in time were taken.</p>`;
  if (temporal.outcome === 'not_measured') return html`<p>Not measured: ${temporal.reason}.</p>`;
  const { all, windows, bootstrap } = temporal;
  return html`<p><strong>${plainly(all)}</strong></p>
<p>How: the encounters in order were cut into five equal parts. ${count(windows.length)} a model of this recipe learned from
everything before a part, and only from that, and was tested on the part, with patients who had been there before and with those
who came for the first time. A model in use always meets patients later than those it learned from, so these figures come first.
Intervals: 95 %, ${grouped(bootstrap.resamples)} resamples of patients.</p>
<p>What this does not say: the data has no dates, and the order is that of encounter_id, which 490 of 101,766 rows of the real
data contradict; the models tested here learned from fewer encounters than the one that serves; the kind of model and its
recalibration were chosen with encounters of all times.</p>
${table('Tested on later encounters', HEAD, rowsOf(temporal))}`;
}

const count = (windows: number) => (windows === 1 ? 'Once' : `${windows} times`);

/** The two figures that a clinician can use, in a sentence each. */
export function plainly({ auroc, observed_expected }: TemporalFigures): string {
  const pairs =
    auroc.value === null
      ? `How well it ranks later patients was not measured: ${auroc.reason}.`
      : `Of two later stays, one that was followed by a readmission and one that was not, ${ranked(auroc.value)}`;
  return `${pairs} ${ofHundred(observed_expected)}`;
}

function ranked(auroc: number): string {
  return `it ranks the right one higher in ${(100 * auroc).toFixed(0)} of 100 pairs (50 is guessing).`;
}

function ofHundred({ value, low, high }: Estimate): string {
  if (value === null) return '';
  const came = (x: number) => (100 * x).toFixed(0);
  const between = low === null || high === null ? '' : ` (between ${came(low)} and ${came(high)})`;
  return `For every 100 readmissions that it predicted, ${came(value)} came${between}.`;
}

function rowsOf({ all, first_seen, windows }: MeasuredInTime): string[][] {
  return [
    rowOf('All later encounters, each by a model of what came before', all),
    rowOf('Of these: patients who came for the first time', first_seen),
    ...windows.flatMap((window) => {
      const part = `${percent(window.from)} to ${percent(window.to)} of the encounters`;
      return [
        rowOf(`${part}, learned from ${grouped(window.train_rows)} before`, window.all),
        rowOf(`${part}: patients who came for the first time`, window.first_seen),
        ...(window.frozen ? [rowOf(`${part}: the first part's model, left as it was`, window.frozen)] : []),
      ];
    }),
  ];
}

function rowOf(name: string, figures: TemporalFigures): string[] {
  return [
    name,
    grouped(figures.rows),
    grouped(figures.positives),
    ...[figures.auroc, figures.observed_expected, figures.ece, figures.slope, figures.intercept, figures.log_loss].map(
      shown,
    ),
  ];
}
