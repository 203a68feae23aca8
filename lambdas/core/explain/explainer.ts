// Why a model says what it says of an encounter: SHAP values in log-odds, summed by the contract's fields.

import type { Model } from '../candidates/model.ts';
import { FOREST_FLOOR, termValue } from '../candidates/score.ts';
import type { Feature } from '../encounter/matrix.ts';
import { prepareTreeShap } from './tree-shap.ts';

export interface Explanation {
  /** Log-odds that the model starts from: its mean over the training rows (a forest: the log-odds of its mean). */
  readonly base_value: number;
  /** Log-odds of the encounter before calibration: base_value plus all contributions. */
  readonly margin: number;
  /** Every field that a feature derives from, largest magnitude first; equal ones by name. */
  readonly contributions: readonly { readonly field: string; readonly contribution: number }[];
}

/** `values[offset + column]` are the encounter's features. */
export type Explain = (values: Float32Array, offset?: number) => Explanation;

/** Writes each feature's value to `out`, zeros before, and returns the base value. */
type FeatureShap = (values: Float32Array, offset: number, out: Float64Array) => number;

/**
 * Prepares what does not depend on the encounter; the result may be called any number of times, one call at a time.
 * A feature that derives from several fields shares its value equally among them: the model saw one number, so nothing
 * tells their parts apart.
 */
export function prepareExplainer(model: Model, features: readonly Feature[]): Explain {
  const fields = [...new Set(features.flatMap(({ sources }) => sources))].sort();
  const shares = features.map(({ sources }) =>
    sources.map((source) => ({ field: fields.indexOf(source), share: 1 / sources.length })),
  );
  const shap = featureShap(model);
  const byFeature = new Float64Array(features.length);
  const byField = new Float64Array(fields.length);

  return (values, offset = 0) => {
    byFeature.fill(0);
    byField.fill(0);
    const base = shap(values, offset, byFeature);
    let margin = base;
    for (let column = 0; column < shares.length; column++) {
      margin += byFeature[column];
      for (const { field, share } of shares[column]) byField[field] += byFeature[column] * share;
    }
    const contributions = fields.map((field, i) => ({ field, contribution: byField[i] }));
    contributions.sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution));
    return { base_value: base, margin, contributions };
  };
}

function featureShap(model: Model): FeatureShap {
  switch (model.kind) {
    case 'constant':
      return () => model.margin;
    case 'linear':
      return linearShap(model);
    case 'boosted_trees': {
      const trees = prepareTreeShap(model.trees);
      const base = model.base_margin + trees.expected;
      return (values, offset, out) => {
        trees.add(values, offset, out);
        return base;
      };
    }
    case 'forest':
      return forestShap(model);
  }
}

/** SHAP values of a linear model under independence: each term less its mean over the training rows (Lundberg and Lee 2017, 4.2). */
function linearShap({ intercept, terms }: Extract<Model, { kind: 'linear' }>): FeatureShap {
  const base = terms.reduce((sum, term) => sum + term.average, intercept);
  return (values, offset, out) => {
    for (const [column, term] of terms.entries()) out[column] = termValue(term, values[offset + column]) - term.average;
    return base;
  };
}

/**
 * A forest averages probabilities, so its exact SHAP values are in probability. They are scaled to log-odds by one factor
 * for all features, which keeps their proportions and makes them sum to the margin (the rescale rule of Shrikumar et al. 2017).
 */
function forestShap({ trees }: Extract<Model, { kind: 'forest' }>): FeatureShap {
  const shap = prepareTreeShap(trees);
  const mean = shap.expected / trees.length;
  const base = logOdds(mean);
  const slope = 1 / (keep(mean) * (1 - keep(mean)));
  return (values, offset, out) => {
    shap.add(values, offset, out);
    let change = 0;
    for (let column = 0; column < out.length; column++) {
      out[column] /= trees.length;
      change += out[column];
    }
    // The difference quotient of the log-odds, which has no meaning at a change of zero: there, its limit.
    const scale = Math.abs(change) > 1e-9 ? (logOdds(mean + change) - base) / change : slope;
    for (let column = 0; column < out.length; column++) out[column] *= scale;
    return base;
  };
}

/** As the forest is scored: its probability stays away from 0 and 1. */
function keep(probability: number): number {
  return Math.min(1 - FOREST_FLOOR, Math.max(FOREST_FLOOR, probability));
}

function logOdds(probability: number): number {
  return Math.log(keep(probability) / (1 - keep(probability)));
}
