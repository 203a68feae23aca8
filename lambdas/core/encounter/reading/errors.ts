// What of a file can't be read: one sentence that says where, and what to do.

/** The file as a whole is not text that an export would write. */
export class UnreadableFileError extends Error {
  override readonly name = 'UnreadableFileError';
}

/** The file is text, but its header does not tell the columns that are needed. */
export class HeaderMismatchError extends Error {
  override readonly name = 'HeaderMismatchError';
}

/** Whether a file is at fault, and not the one who reads it. */
export const isFileFault = (error: unknown): error is Error =>
  error instanceof UnreadableFileError || error instanceof HeaderMismatchError;
