import { expect, test } from 'vitest';
import { reportPage } from './page.ts';
import { complaintsOf, figuresOf, type Result } from './result.ts';

const times = { mean: 5, p50: 4, p95: 8, p99: 12, max: 40 };
const measured = (counters: Readonly<Record<string, number>>) =>
  figuresOf({ counters: { 'http.requests': 100, ...counters }, summaries: { 'http.response_time': times } });

test('answers that are not 2xx and connections that broke are errors, each counted once', () => {
  const figures = measured({
    ...{ 'http.codes.200': 90, 'http.codes.502': 7, 'errors.ECONNRESET': 3 },
    'errors.Failed expectations for request http://127.0.0.1/predict': 7,
    'errors.expectation statusCode': 7,
  });
  expect(figures.errors).toBeGreaterThanOrEqual(10);
  expect(figures.errorKinds).toMatchObject({ 502: 7, ECONNRESET: 3 });
  expect(complaintsOf(figures, { p99: 30 }).join()).toContain('of 100 requests failed');
});

test('a run holds its limits or says which it broke', () => {
  expect(complaintsOf(measured({ 'http.codes.200': 100 }), { mean: 10, p99: 30 })).toEqual([]);
  expect(complaintsOf(measured({ 'http.codes.200': 100 }), { mean: 4, p99: 10 })).toHaveLength(2);
  expect(complaintsOf(figuresOf({ counters: {}, summaries: {} }), { p99: 30 })).toEqual(['nothing was asked']);
});

test('the page shows the figures beside those of the report before, and takes no markup from a target', () => {
  const result: Result = {
    ...{ scenario: 'classic', target: 'http://x/<script>', started: 'now', seconds: 10, passed: true, complaints: [] },
    figures: measured({ 'http.codes.200': 100 }),
    course: [{ second: 0, rate: 10, p50: 4, p99: 12, errors: 0 }],
  };
  const before = { ...result, figures: { ...result.figures, mean: 10 } };
  const page = reportPage(result, before);
  expect(page).not.toContain('<script>');
  expect(page).toContain('<td>mean</td><td>5</td><td>10</td><td>-50 %</td>');
  expect(page.match(/<polyline/g)).toHaveLength(4);
});
