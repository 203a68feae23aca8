// ROC and precision-recall curves, thinned to what a plot needs.

import type { Ranking } from './ranking.ts';

type Point = [number, number];

const MAX_POINTS = 200;

/**
 * One point a distinct probability, of which at most 200 stay, evenly spread along the curve; the ends always stay.
 * Empty where the rows have one class only.
 */
export function rankingCurves(ranking: Ranking): { roc: Point[]; precision_recall: Point[] } {
  const { rows, positives, label, endsTie } = ranking;
  const negatives = rows - positives;
  if (positives === 0 || negatives === 0) return { roc: [], precision_recall: [] };
  const roc: Point[] = [[0, 0]];
  const precisionRecall: Point[] = [];
  let hits = 0;
  for (let i = 0; i < rows; i++) {
    hits += label[i];
    if (endsTie[i] === 0) continue;
    roc.push([(i + 1 - hits) / negatives, hits / positives]);
    precisionRecall.push([hits / positives, hits / (i + 1)]);
  }
  return {
    roc: thin(roc, ([falseRate, recall]) => (falseRate + recall) / 2),
    precision_recall: thin(precisionRecall, ([recall]) => recall),
  };
}

/** Keeps the last point of each of the equal steps of `progress`, which runs from 0 to 1 along the curve. */
function thin(points: Point[], progress: (point: Point) => number): Point[] {
  if (points.length <= MAX_POINTS) return points;
  const steps = MAX_POINTS - 2;
  const step = (at: number) => Math.floor(progress(points[at]) * steps);
  return points.filter((_, i) => i === 0 || i === points.length - 1 || step(i) !== step(i + 1));
}
