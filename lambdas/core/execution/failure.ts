// The name and sentence of a failure, from what Step Functions says of it.
import * as z from 'zod';

const runtimeCauseSchema = z.object({ errorType: z.string().optional(), errorMessage: z.string() });

export interface Failure {
  readonly name: string;
  readonly message: string;
}

/**
 * Steps throw errors whose message begins with their name (`HeaderMismatchError: ...`), because an engine may report
 * every thrown error under one name. Infrastructure errors (`States.Timeout`) keep theirs.
 * @param error the Error of the Catch
 * @param cause its Cause: the Lambda runtime's JSON, or text
 */
export function nameFailure(error: string, cause: string): Failure {
  const message = messageOf(cause);
  const named = /^([A-Z]\w*(?:Error|Exception)): ([\s\S]*)$/.exec(message);
  if (named !== null) return { name: named[1] ?? error, message: (named[2] ?? '').trim() };
  return { name: error, message: message === '' ? `the state failed with ${error}` : message };
}

function messageOf(cause: string): string {
  try {
    const parsed = runtimeCauseSchema.safeParse(JSON.parse(cause));
    return parsed.success ? parsed.data.errorMessage : cause;
  } catch {
    return cause; // not JSON: some services write a plain sentence
  }
}
