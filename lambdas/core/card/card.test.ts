import { describe, expect, it } from 'vitest';
import { simplerWays } from '../bedside/simpler-ways.ts';
import type { Signature } from '../candidates/signature.ts';
import { canonicalJson } from '../canonical.ts';
import { DIABETES_130 } from '../dataset/diabetes-130/index.ts';
import { SAMPLE } from '../dataset/sample.ts';
import { comparePaired, evaluate } from '../evaluation/evaluate.ts';
import { generateRows } from '../evaluation/fixtures/rows.ts';
import { decideGate } from '../gate/decide.ts';
import { measureInTime } from '../temporal/measure.ts';
import type { TemporalEvaluation } from '../temporal/schema.ts';
import { type CardParts, makeCard, modelCardSchema } from './card.ts';
import { renderCard } from './page.ts';

const ATTACK = '<script>alert("1")</script>';
const rows = generateRows(1500, 21);
const { labels, groups, truth } = rows;
const codes = Uint8Array.from(labels, (_, row) => (row < 20 ? 1 : 0));
const common = { labels, groups, resamples: 30, seed: 1 };
const evaluation = evaluate({
  ...common,
  probabilities: truth,
  slices: { medical_specialty: { codes, levels: [ATTACK, 'Radiology & more'] } },
  threshold: 0.2,
});
const signature: Signature = {
  model_name: 'diabetic_risk_model',
  algorithm: 'gradient_boosting',
  run_id: 'run-1',
  features: [
    { name: 'age', sources: ['age_bucket'], kind: 'numeric' },
    { name: 'visits', sources: ['number_inpatient', 'number_emergency'], kind: 'numeric' },
  ],
  features_sha256: 'f'.repeat(64),
  threshold: { policy: 'top_share', share: 0.1, value: 0.2 },
  training_data: {
    dataset_sha256: 'd'.repeat(64),
    dataset: { name: 'diabetes-130', synthetic: false },
    rows: 79401,
    positives: 8977,
  },
  seen: {},
  score_quantiles: [],
  reliability: [],
};
const parts: CardParts = {
  signature,
  evaluation,
  simplerWays: simplerWays({
    constant: comparePaired({ ...common, a: truth, b: new Float64Array(1500).fill(0.1) }),
    hospital_like: comparePaired({ ...common, a: truth, b: rows.noisy(2) }),
  }),
  gate: decideGate({
    challenger: evaluation,
    champion: null,
    baselines: { constant: comparePaired({ ...common, a: truth, b: new Float64Array(1500).fill(0.1) }) },
  }),
  source: DIABETES_130,
  dataset: {
    sha256: 'd'.repeat(64),
    synthetic: false,
    withdrawn: [],
    rows: 101766,
    quarantined: 12,
    eligible: { train: 79401, validation: 10053, test: 9889 },
  },
  version: 3,
  date: '2026-11-23T06:00:00.000Z',
  reproducibility: 'code abc, data ddd, seed 1: npm start -- --once',
};

describe('a model card', () => {
  const card = makeCard(parts);

  it('is JSON that readers parse back, with the source, inputs, figures and the gate', () => {
    expect(modelCardSchema.parse(JSON.parse(canonicalJson(card)))).toEqual(card);
    expect(card.model.inputs).toEqual(['age_bucket', 'number_emergency', 'number_inpatient']);
    expect(card.training_data.source).toMatchObject({ license: 'CC BY 4.0' });
    expect(card.training_data.source.citation).toContain('Strack');
    expect(card.evaluation.metrics.auroc).toEqual(evaluation.metrics.auroc);
    expect(card.gate.checks.length).toBeGreaterThan(2);
  });

  it('stands beside bedside scores, with their source and what of them is missing here', () => {
    expect(card.simpler_ways.map(({ name }) => name).sort()).toEqual(['constant', 'hospital_like']);
    expect(renderCard(card)).toMatch(/HOSPITAL-like score \(Donze et al\. 2013.*haemoglobin and sodium/);
    const { simpler_ways: _, ...older } = card;
    expect(modelCardSchema.parse(older).simpler_ways).toEqual([]);
  });

  it('says first that a model of a generated sample knows nothing of patients', () => {
    const synthetic = makeCard({ ...parts, source: SAMPLE, dataset: { ...parts.dataset, synthetic: true } });
    expect(synthetic.limits[0]).toContain('generated sample');
    expect(renderCard(synthetic)).toContain('generated encounters only');
    expect(renderCard(card)).not.toContain('generated encounters only');
  });

  it('names the batches that were taken back', () => {
    const withdrawn = [{ batch_id: 2, rows: 15_000, reason: 'wrong ward <b>' }];
    const card = makeCard({ ...parts, dataset: { ...parts.dataset, withdrawn } });
    expect(renderCard(card)).toContain('batch 2, 15,000 rows: wrong ward &lt;b&gt;');
  });
});

describe('the figures in time on a card', () => {
  const figures = measureInTime(
    {
      outcome: 'scored',
      windows: [0, 1, 2].map((window) => ({
        window: { from: 0.4 + window / 5, to: 0.6 + window / 5, start: window, end: window + 1 },
        ...{ trainRows: 700, validationRows: 70, order: new Float64Array(1500).fill(window) },
        ...{ labels, groups, probabilities: truth, firstSeen: Uint8Array.from(labels, (_, row) => row % 2) },
        frozen: window === 0 ? null : truth.map((p) => 1.3 * p),
      })),
    },
    { resamples: 30, seed: 1 },
  );
  const withTime = (temporal: TemporalEvaluation) =>
    renderCard(makeCard({ ...parts, evaluation: { ...evaluation, temporal } }));

  it('come before those of random patients, in words that need no statistics', () => {
    const page = withTime(figures);
    expect(page.indexOf('on later patients')).toBeGreaterThan(0);
    expect(page.indexOf('on later patients')).toBeLessThan(page.indexOf('on patients drawn at random'));
    expect(page).toMatch(/ranks the right one higher in \d\d of 100 pairs/);
    expect(page).toMatch(/For every 100 readmissions that it predicted, \d+ came \(between \d+ and \d+\)/);
    for (const said of ['encounter_id', '490 of 101,766', 'for the first time', 'left as it was', '700 before'])
      expect(page).toContain(said);
  });

  it('say why they are not there', () => {
    expect(withTime({ outcome: 'not_measured', reason: 'all earlier rows are negative' })).toContain(
      'Not measured: all earlier rows are negative.',
    );
    expect(renderCard(makeCard(parts))).toContain('made before figures in time');
  });
});

describe('the page of a model card', () => {
  const page = renderCard(makeCard(parts));

  it('shows the figures and the source, the same bytes each time', () => {
    const auroc = evaluation.metrics.auroc;
    expect(page).toContain(`${auroc.value?.toFixed(4)} [${auroc.low?.toFixed(4)}, ${auroc.high?.toFixed(4)}]`);
    for (const text of [
      '101,766 encounters',
      'Strack B',
      'dataset 296',
      'CC BY 4.0',
      'version 3',
      'fewer than 50 rows',
      'npm start -- --once',
    ]) {
      expect(page).toContain(text);
    }
    expect(renderCard(makeCard(parts))).toBe(page);
  });

  it('escapes every text, so that a name cannot become a tag', () => {
    expect(page).not.toContain('<script');
    expect(page).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;');
    expect(page).toContain('Radiology &amp; more');
  });

  it('fetches nothing, and is marked up for screen readers', () => {
    expect(page).not.toMatch(/<(script|link|img|iframe)|@import|url\(/);
    expect(page).toMatch(/<html lang="en">/);
    expect(page.match(/<h1>/g)).toHaveLength(1);
    expect(page.match(/<table>/g)?.length).toBe(page.match(/<caption>/g)?.length);
    expect(page).toMatch(/role="img" aria-labelledby="calibration-title/);
  });

  it('closes every element that it opens', () => {
    const open: string[] = [];
    const empty = new Set(['meta', 'rect', 'line', 'polyline', 'circle', '!doctype']);
    for (const [, slash, name] of page.matchAll(/<(\/?)([a-z0-9!]+)/g)) {
      if (slash === '/') expect(open.pop()).toBe(name);
      else if (!empty.has(name)) open.push(name);
    }
    expect(open).toEqual([]);
  });

  it('writes what was not measured in words', () => {
    expect(page).not.toMatch(/NaN|undefined|null/);
  });
});
