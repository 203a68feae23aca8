import { describe, expect, it } from 'vitest';
import { nameFailure } from './failure.ts';

describe('the name of a failure', () => {
  it('is the name of the error that the step threw, even where the engine reports another', () => {
    const cause = JSON.stringify({
      errorType: 'Runtime.HandlerError',
      errorMessage: 'HeaderMismatchError: column 3 of the header is "sex", expected "race"',
      trace: [],
    });
    expect(nameFailure('Runtime.HandlerError', cause)).toEqual({
      name: 'HeaderMismatchError',
      message: 'column 3 of the header is "sex", expected "race"',
    });
  });

  it('is the service error when the cause is plain text', () => {
    expect(nameFailure('States.Timeout', 'the state ran for 900 s')).toEqual({
      name: 'States.Timeout',
      message: 'the state ran for 900 s',
    });
  });

  it('still has a sentence when the engine gives no cause', () => {
    expect(nameFailure('States.Timeout', '').message).toContain('States.Timeout');
  });

  it('keeps messages of several lines whole', () => {
    const failure = nameFailure('Error', JSON.stringify({ errorMessage: 'ZodError: line one\nline two' }));
    expect(failure).toEqual({ name: 'ZodError', message: 'line one\nline two' });
  });
});
