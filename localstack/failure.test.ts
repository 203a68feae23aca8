import { describe, expect, it } from 'vitest';
import { DiskFullError, describeFailure, LocalFailure } from './failure.ts';

describe('what a user reads of a failure', () => {
  it('is the sentence and the remedy', () => {
    expect(describeFailure(new LocalFailure('Port 1 is in use.', 'Choose another.'))).toBe(
      'Port 1 is in use. Choose another.',
    );
  });

  it('is the full disk, however the system words it', () => {
    const thrown = Object.assign(new Error('write'), { code: 'ENOSPC' });
    expect(describeFailure(thrown)).toBe(new DiskFullError().message);
    expect(describeFailure(new Error('OSError: [Errno 28] No space left on device'))).toContain('The disk is full.');
  });

  it('is never a stack trace', () => {
    expect(describeFailure(new TypeError('x is not a function'))).not.toMatch(/\n\s+at /);
    expect(describeFailure('odd')).toContain('odd');
  });
});
