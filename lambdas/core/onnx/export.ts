// A fitted model as one ONNX graph: features in, calibrated probability and margin out.

import type { Calibration, Model } from '../candidates/model.ts';
import { FOREST_FLOOR } from '../candidates/score.ts';
import type { Feature } from '../encounter/matrix.ts';
import { ELEMENT, Graph, ML_OPSET, OPSET } from './graph.ts';
import { expand, linearMargin } from './linear-terms.ts';
import { treeSum } from './tree-ensemble.ts';

/**
 * Bytes of model.onnx; the same arguments give the same bytes. Input `features` float32 [rows, features], NaN = missing, categories as
 * level indices; outputs `probability` and `margin` float32 [rows, 1]. Inner arithmetic is double. `metadata` becomes metadata_props,
 * beside feature_names and the opsets.
 */
export function exportOnnx(
  model: Model,
  features: readonly Feature[],
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  const graph = new Graph();
  const input = graph.node('Cast', ['features'], { to: ELEMENT.DOUBLE });
  const margin = marginOf(graph, input, model);
  const probability = calibrated(graph, margin, model.calibration);
  graph.node('Cast', [margin], { to: ELEMENT.FLOAT }, 'margin');
  graph.node('Cast', [probability], { to: ELEMENT.FLOAT }, 'probability');
  return graph.model({ name: 'features', columns: features.length }, ['probability', 'margin'], {
    ...metadata,
    feature_names: JSON.stringify(features.map((feature) => feature.name)),
    opset: `ai.onnx ${OPSET}, ai.onnx.ml ${ML_OPSET}`,
  });
}

function marginOf(graph: Graph, input: string, model: Model): string {
  const scalar = (value: number) => graph.constant([value], []);
  switch (model.kind) {
    case 'constant':
      return expand(graph, input, model.margin);
    case 'linear':
      return linearMargin(graph, input, model.terms, model.intercept);
    case 'boosted_trees':
      if (model.trees.length === 0) return expand(graph, input, model.base_margin);
      return graph.node('Add', [treeSum(graph, input, model.trees), scalar(model.base_margin)]);
    case 'forest': {
      const mean = graph.node('Div', [treeSum(graph, input, model.trees), scalar(model.trees.length)]);
      const kept = graph.node('Clip', [mean, scalar(FOREST_FLOOR), scalar(1 - FOREST_FLOOR)]);
      return graph.node('Log', [graph.node('Div', [kept, graph.node('Sub', [scalar(1), kept])])]);
    }
  }
}

function calibrated(graph: Graph, margin: string, calibration: Calibration): string {
  if (calibration === null) return graph.node('Sigmoid', [margin]);
  const scalar = (value: number) => graph.constant([value], []);
  if (calibration.method === 'platt') {
    const scaled = graph.node('Mul', [margin, scalar(calibration.slope)]);
    return graph.node('Sigmoid', [graph.node('Add', [scaled, scalar(calibration.intercept)])]);
  }
  const { margins, probabilities } = calibration;
  const last = margins.length - 1;
  const slopes = margins
    .slice(0, last)
    .map((start, index) => (probabilities[index + 1] - probabilities[index]) / (margins[index + 1] - start));
  const kept = graph.node('Clip', [margin, scalar(margins[0]), scalar(margins[last])]);
  const passed = graph.node('GreaterOrEqual', [
    kept,
    graph.constant(margins.slice(1, last), [1, Math.max(0, last - 1)]),
  ]);
  const segment = graph.node('ReduceSum', [graph.node('Cast', [passed], { to: ELEMENT.INT64 }), graph.constant([1n])], {
    keepdims: 1,
  });
  const pick = (values: readonly number[]) => graph.node('Gather', [graph.constant(values), segment], { axis: 0 });
  const rise = graph.node('Mul', [graph.node('Sub', [kept, pick(margins.slice(0, last))]), pick(slopes)]);
  return graph.node('Add', [pick(probabilities.slice(0, last)), rise]);
}
