// A failure that its reader can mend: one sentence for what happened, one for the remedy. Shown without a stack trace.

export class LocalFailure extends Error {
  override readonly name = 'LocalFailure';

  constructor(problem: string, remedy: string, options?: ErrorOptions) {
    super(`${problem} ${remedy}`.trim(), options);
  }
}

export class DiskFullError extends LocalFailure {
  constructor() {
    super('The disk is full.', 'Free some space (npm start -- --fresh forgets local state) and run the command again.');
  }
}

/** A second stack beside the data of the first would look as if everything had been lost without a word. */
export class LostStackError extends LocalFailure {
  constructor(stack: string, bucket: string) {
    super(
      `The local cloud no longer knows the stack ${stack} (data bucket ${bucket}) that was deployed from this folder.`,
      'Put .readmit/cloud back as it was, or begin anew with npm start -- --fresh.',
    );
  }
}

/** What to print for anything thrown: the sentence of a LocalFailure, the likely cause of a known system error. */
export function describeFailure(error: unknown): string {
  if (error instanceof LocalFailure) return error.message;
  const text = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOSPC' || /no space left/i.test(text)) {
    return new DiskFullError().message;
  }
  if (code === 'ECONNREFUSED') return `Nothing answers at the local cloud's address: ${text}. Run npm start again.`;
  return `${text} (details: .readmit/logs)`;
}
