import { expect, test } from 'vitest';
import { type ExecutionEvent, foldVisits } from './visits.ts';

const start = Date.parse('2026-11-01T00:00:00Z');
const at = (second: number, type: string, more: Partial<ExecutionEvent> = {}): ExecutionEvent => ({
  type,
  time: start + second * 1000,
  ...more,
});

test('a task that was retried shows both attempts and why the first failed', () => {
  const [visit] = foldVisits([
    at(0, 'ExecutionStarted'),
    at(1, 'TaskStateEntered', { state: 'Ingest', input: '{"source":"incoming/a.csv"}' }),
    at(1, 'TaskScheduled'),
    at(2, 'TaskFailed', { error: 'Lambda.ServiceException', cause: 'busy' }),
    at(3, 'TaskScheduled'),
    at(4, 'TaskSucceeded'),
    at(4, 'TaskStateExited', { state: 'Ingest', output: '{"outcome":"ingested"}' }),
  ]);
  expect(visit).toMatchObject({
    state: 'Ingest',
    status: 'succeeded',
    attempts: 2,
    failures: [{ at: '2026-11-01T00:00:02.000Z', error: 'Lambda.ServiceException', cause: 'busy' }],
    input: { source: 'incoming/a.csv' },
    output: { outcome: 'ingested' },
    items: null,
  });
});

test('a Map counts its iterations while they end, with and without iteration events', () => {
  const entered = at(0, 'MapStateEntered', { state: 'CleanBatches' });
  const named = foldVisits([
    entered,
    at(0, 'MapStateStarted', { length: 3 }),
    at(0, 'MapIterationStarted'),
    at(0, 'TaskStateEntered', { state: 'Clean' }),
    at(0, 'TaskScheduled'),
    at(1, 'TaskSucceeded'),
    at(1, 'TaskStateExited', { state: 'Clean' }),
    at(1, 'MapIterationSucceeded'),
  ]);
  expect(named).toHaveLength(1);
  expect(named[0]).toMatchObject({ status: 'running', items: { total: 3, succeeded: 1 } });
  const bare = foldVisits([entered, at(0, 'TaskScheduled'), at(0, 'TaskScheduled'), at(1, 'TaskSucceeded')]);
  expect(bare[0]).toMatchObject({ status: 'running', attempts: 2, items: { total: null, succeeded: 1 } });
});

test('a caught failure ends its state as failed and the execution goes on to what catches it', () => {
  const visits = foldVisits([
    at(0, 'TaskStateEntered', { state: 'Evaluate' }),
    at(0, 'TaskScheduled'),
    at(1, 'TaskFailed', { error: 'Runtime.HandlerError', cause: '{"errorMessage":"LeakError: no"}' }),
    at(1, 'TaskStateEntered', { state: 'RecordFailure' }),
    at(1, 'TaskScheduled'),
    at(2, 'TaskSucceeded'),
    at(2, 'TaskStateExited', { state: 'RecordFailure' }),
    at(2, 'FailStateEntered', { state: 'Failed' }),
    at(2, 'ExecutionFailed', { error: 'Runtime.HandlerError' }),
  ]);
  expect(visits.map(({ state, status }) => [state, status])).toEqual([
    ['Evaluate', 'failed'],
    ['RecordFailure', 'succeeded'],
    ['Failed', 'failed'],
  ]);
  expect(visits[0]?.failures).toMatchObject([{ error: 'LeakError' }]); // as the step threw it, not as the engine calls it
});

test('a stopped execution leaves the state that ran as stopped', () => {
  const [visit] = foldVisits([
    at(0, 'MapStateEntered', { state: 'TrainCandidates' }),
    at(0, 'MapStateStarted', { length: 2 }),
    at(9, 'ExecutionAborted', { error: 'Stopped' }),
  ]);
  expect(visit).toMatchObject({ status: 'stopped', left_at: '2026-11-01T00:00:09.000Z' });
});
