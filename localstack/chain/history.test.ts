import type { HistoryEvent } from '@aws-sdk/client-sfn';
import { describe, expect, it } from 'vitest';
import { progressOf } from './history.ts';

let second = 0;
const event = (type: HistoryEvent['type'], name?: string, more: Partial<HistoryEvent> = {}): HistoryEvent => ({
  type,
  id: second,
  timestamp: new Date(1000 * second++),
  ...(name && type?.endsWith('Entered') ? { stateEnteredEventDetails: { name } } : {}),
  ...(name && type?.endsWith('Exited') ? { stateExitedEventDetails: { name } } : {}),
  ...more,
});

const ingest = [
  event('ExecutionStarted'),
  event('TaskStateEntered', 'Ingest'),
  event('TaskSucceeded'),
  event('TaskStateExited', 'Ingest'),
  event('ChoiceStateEntered', 'NewData?'),
  event('ChoiceStateExited', 'NewData?'),
];

describe('where an execution is', () => {
  it('is shown state by state with wall times', () => {
    expect(progressOf([...ingest, event('TaskStateEntered', 'Evaluate')])).toMatchObject([
      { state: 'Ingest', ended: true, ms: 2000 },
      { state: 'Evaluate', ended: false, ms: undefined },
    ]);
  });

  it("counts a Map's iterations as AWS tells of them", () => {
    const events = [
      event('MapStateEntered', 'CleanBatches'),
      event('MapStateStarted', undefined, { mapStateStartedEventDetails: { length: 3 } }),
      event('MapIterationStarted'),
      event('TaskStateEntered', 'Clean'),
      event('TaskSucceeded'),
      event('TaskStateExited', 'Clean'),
      event('MapIterationSucceeded'),
    ];
    expect(progressOf(events)).toMatchObject([
      { state: 'CleanBatches', kind: 'map', total: 3, succeeded: 1, ended: false },
    ]);
  });

  it("counts a Map's tasks where the engine does not tell of iterations", () => {
    const input = JSON.stringify({ batches: [{}, {}], candidates: [{}] });
    const entered = event('MapStateEntered', undefined, { stateEnteredEventDetails: { name: 'CleanBatches', input } });
    const events = [entered, event('TaskScheduled'), event('TaskSucceeded'), event('TaskSucceeded')];
    expect(progressOf([...events, event('MapStateExited', 'CleanBatches')])).toMatchObject([
      { total: 2, succeeded: 2, ended: true },
    ]);
  });

  it('ends a failed Map where the failure is recorded', () => {
    const events = [
      event('MapStateEntered', 'TrainCandidates'),
      event('TaskFailed'),
      event('MapStateFailed'),
      event('TaskStateEntered', 'RecordFailure'),
      event('TaskSucceeded'),
      event('TaskStateExited', 'RecordFailure'),
    ];
    expect(progressOf(events)).toMatchObject([
      { state: 'TrainCandidates', ended: true, succeeded: 0 },
      { state: 'RecordFailure', ended: true },
    ]);
  });
});
