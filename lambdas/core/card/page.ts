// The model card as one self-contained page: no script, nothing fetched, readable by screen readers and on paper.

import type { ModelCard } from './card.ts';
import { calibrationChart } from './chart.ts';
import { inTime } from './in-time.ts';
import { html, type Markup } from './markup.ts';
import { simplerTable } from './simpler-ways.ts';
import { METRIC_NOTES } from './statements.ts';
import { PAGE_STYLE } from './style.ts';
import { grouped, percent, shown, table } from './table.ts';

/** A whole HTML document; all of the card's text is escaped. */
export function renderCard(card: ModelCard): string {
  const { model, intended_use, evaluation, gate } = card;
  const title = `Model card: ${model.name}${model.version === null ? '' : ` version ${model.version}`}`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<main>
<h1>${title}</h1>
<p>${intended_use.purpose}</p>
${section('Model', details(model))}
${section('Intended use', html`${list(intended_use.users)}<h3>Not for</h3>${list(intended_use.not_for)}`)}
${section('Data', data(card))}
${section('What it is worth on later patients', inTime(evaluation.temporal))}
${section('What it is worth on patients drawn at random', html`${overall(card)}${topTable(card)}${benefitTable(card)}`)}
${section('Beside simpler ways', simplerTable(card.simpler_ways))}
${section('Calibration', html`${calibrationChart(card.calibration)}${reliabilityTable(card)}`)}
${section(
  'Subgroups',
  html`<p>Levels with fewer than 50 rows or 10 rows of a class have counts only.</p>
${Object.entries(evaluation.slices).map(([name, levels]) => sliceTable(name, levels))}`,
)}
${section('The gate', html`<p>${gate.reason}</p>${gateTable(card)}`)}
${section('Limits', list(card.limits))}
${section('Ethical considerations', list(card.ethical_considerations))}
${section('Reproducing it', html`<p><code>${card.reproducibility}</code></p>`)}
</main>
</body>
</html>
`.text;
}

function section(title: string, content: Markup): Markup {
  return html`<section><h2>${title}</h2>${content}</section>`;
}

function list(items: readonly string[]): Markup {
  return html`<ul>${items.map((item) => html`<li>${item}</li>`)}</ul>`;
}

function details(model: ModelCard['model']): Markup {
  const rows: [string, string | number][] = [
    ['Algorithm', model.algorithm.replaceAll('_', ' ')],
    ['Output', model.output],
    ['Inputs', `${model.inputs.join(', ')} (as ${model.features} features)`],
    ['Run', model.run_id],
    ['Date', model.date],
    ['License', model.license],
  ];
  return html`<dl>${rows.map(([term, text]) => html`<dt>${term}</dt><dd>${text}</dd>`)}</dl>`;
}

function data({ training_data: { source, ineligible, facts, positives, split } }: ModelCard): Markup {
  const { train, validation, test } = facts.eligible;
  const origin = facts.synthetic
    ? html`<p><strong>This model saw generated encounters only</strong>, made after the figures of the source below.</p>`
    : html``;
  return html`${origin}<p>${source.name}: <a href="${source.url}">${source.repository}</a>, ${source.license}. ${source.citation}</p>
<p>${grouped(facts.rows)} encounters, of which ${grouped(facts.quarantined)} were set aside as damaged. Eligible, that is not ${ineligible}: ${grouped(train)} for training (${grouped(positives)} readmitted), ${grouped(validation)} for validation, ${grouped(test)} for test. Split ${split}.</p>
${withdrawn(facts.withdrawn)}<p>Rows: <code>${facts.sha256}</code></p>`;
}

function withdrawn(batches: ModelCard['training_data']['facts']['withdrawn']): Markup {
  if (batches.length === 0) return html``;
  const told = batches.map(({ batch_id, rows, reason }) => `batch ${batch_id}, ${grouped(rows)} rows: ${reason}`);
  return html`<p>Taken back and not among the rows: ${told.join('; ')}.</p>`;
}

function overall({ evaluation, threshold }: ModelCard): Markup {
  const { rows, positives, bootstrap, metrics } = evaluation;
  const note = `Patients of all years, set aside at random before training: the model learned from others of the same time. On ${grouped(rows)} test rows, ${grouped(positives)} readmitted. Intervals: 95 %, ${grouped(bootstrap.resamples)} resamples of patients.`;
  const policy = `Threshold ${threshold.value.toFixed(4)}: ${threshold.policy}.`;
  return html`<p>${note} ${policy}</p>${table(
    'Test metrics',
    ['Metric', 'Value [95 % interval]'],
    Object.entries(metrics).map(([name, metric]) => [METRIC_NOTES[name] ?? name, shown(metric)]),
  )}`;
}

function topTable({ evaluation }: ModelCard): Markup {
  return table(
    'The stays of highest risk',
    ['Share of stays', 'Readmitted among them', 'Share of all readmissions', 'Lift'],
    evaluation.top.map(({ share, precision, recall, lift }) => [
      percent(share),
      shown(precision),
      shown(recall),
      shown(lift),
    ]),
  );
}

function benefitTable({ evaluation }: ModelCard): Markup {
  return table(
    'Net benefit a stay (decision curve)',
    ['Threshold probability', 'This model', 'Treating everybody', 'Treating nobody'],
    evaluation.net_benefit.map(({ threshold, model, treat_all }) => [
      percent(threshold),
      shown(model),
      treat_all.toFixed(4),
      '0',
    ]),
  );
}

function reliabilityTable({ evaluation }: ModelCard): Markup {
  return table(
    'Predicted and observed readmission by bins of equal mass',
    ['Probabilities', 'Rows', 'Mean predicted', 'Observed'],
    evaluation.reliability.map(({ lower, upper, rows, mean_predicted, observed }) => [
      `${lower.toFixed(4)} to ${upper.toFixed(4)}`,
      grouped(rows),
      mean_predicted.toFixed(4),
      shown(observed),
    ]),
  );
}

function sliceTable(name: string, levels: ModelCard['evaluation']['slices'][string]): Markup {
  return table(
    `By ${name.replaceAll('_', ' ')}`,
    ['Level', 'Rows', 'Readmitted', 'Mean predicted', 'AUROC', 'ECE', 'Recall', 'Share flagged'],
    levels.map(({ level, rows, positives, mean_predicted, metrics }) => [
      level,
      grouped(rows),
      grouped(positives),
      mean_predicted.toFixed(4),
      shown(metrics.auroc),
      shown(metrics.ece),
      shown(metrics.recall),
      shown(metrics.flagged_share),
    ]),
  );
}

function gateTable({ gate }: ModelCard): Markup {
  return table(
    'Checks',
    ['Check', 'Passed', 'Finding'],
    gate.checks.map(({ name, passed, text }) => [name.replaceAll('_', ' '), passed ? 'yes' : 'no', text]),
  );
}
