// A linear model's margin in standard ONNX operators.
import type { LinearTerm } from '../candidates/model.ts';
import type { Graph } from './graph.ts';

/** Output name of [rows, 1] for the double tensor `input` [rows, columns]. */
export function linearMargin(graph: Graph, input: string, terms: readonly LinearTerm[], intercept: number): string {
  const missing = graph.node('IsNaN', [input]);
  const parts = [numericSum(graph, input, missing, terms), categorySum(graph, input, missing, terms)];
  return parts
    .filter((part) => part !== null)
    .reduce((sum, part) => graph.node('Add', [sum, part]), expand(graph, input, intercept));
}

/** A number repeated for each row of `input`. */
export function expand(graph: Graph, input: string, value: number): string {
  const rows = graph.node('Shape', [input], { start: 0, end: 1 });
  const shape = graph.node('Concat', [rows, graph.constant([1n])], { axis: 0 });
  return graph.node('Expand', [graph.constant([value], [1, 1]), shape]);
}

function numericSum(graph: Graph, input: string, missing: string, terms: readonly LinearTerm[]): string {
  const of = (pick: (term: Extract<LinearTerm, { kind: 'numeric' }>) => number) =>
    terms.map((term) => (term.kind === 'numeric' ? pick(term) : 0));
  const means = graph.constant(
    of((term) => term.mean),
    [1, terms.length],
  );
  const slopes = graph.constant(
    of((term) => term.weight / term.scale),
    [1, terms.length],
  );
  const ifMissing = graph.constant(
    of((term) => term.missing_weight),
    [1, terms.length],
  );
  const isCategory = graph.node(
    'Cast',
    [
      graph.constant(
        terms.map((term) => (term.kind === 'numeric' ? 0 : 1)),
        [1, terms.length],
      ),
    ],
    { to: 9 },
  );
  const centred = graph.node('Sub', [input, means]);
  const present = graph.node('Mul', [centred, slopes]);
  const each = graph.node('Where', [missing, ifMissing, present]);
  const numericOnly = graph.node('Where', [isCategory, graph.constant([0], [1, 1]), each]);
  return graph.node('ReduceSum', [numericOnly, graph.constant([1n])], { keepdims: 1 });
}

/** Looks every category's level up in one table: its levels, then 0 for an unknown level, then the weight of missing. */
function categorySum(graph: Graph, input: string, missing: string, terms: readonly LinearTerm[]): string | null {
  const columns = terms.flatMap((term, column) => (term.kind === 'category' ? [{ column, term }] : []));
  if (columns.length === 0) return null;
  const table: number[] = [];
  const starts: number[] = [];
  for (const { term } of columns) {
    starts.push(table.length);
    table.push(...term.weights, 0, term.missing_weight);
  }
  const line = (values: readonly number[]) => graph.constant(values, [1, columns.length]);
  const picked = graph.constant(columns.map(({ column }) => BigInt(column)));
  const level = graph.node('Gather', [input, picked], { axis: 1 });
  const isMissing = graph.node('Gather', [missing, picked], { axis: 1 });
  const unknown = line(columns.map(({ term }) => term.weights.length));
  const negative = graph.node('Less', [level, graph.constant([0], [1, 1])]);
  const known = graph.node('Where', [negative, unknown, graph.node('Min', [level, unknown])]);
  const slot = graph.node('Where', [isMissing, line(columns.map(({ term }) => term.weights.length + 1)), known]);
  const index = graph.node('Cast', [graph.node('Add', [slot, line(starts)])], { to: 7 });
  const weights = graph.node('Gather', [graph.constant(table), index], { axis: 0 });
  return graph.node('ReduceSum', [weights, graph.constant([1n])], { keepdims: 1 });
}
