// The lines of the predict function's log that are counted: what a request predicted, or why it could not.
import * as z from 'zod';
import { type PredictionLine, predictionLineSchema } from '../serving/prediction-line.ts';

/** A request that ended with a problem instead of an answer. */
export const errorLineSchema = z.object({
  event: z.literal('request_error'),
  /** Method and resource, e.g. `POST /predict`. */
  route: z.string(),
  /** The kind of problem, e.g. `invalid`. */
  error_type: z.string().regex(/^[\w.-]{1,64}$/),
  status: z.int(),
  request_id: z.string(),
});
export type ErrorLine = z.infer<typeof errorLineSchema>;

const countedLineSchema = z.discriminatedUnion('event', [
  // A version becomes a key and a label: nothing but a short name may pass.
  predictionLineSchema.extend({ model_version: z.string().regex(/^[\w.-]{1,64}$/) }),
  errorLineSchema,
]);
export type CountedLine = PredictionLine | ErrorLine;

/** The event of a log message, or null for what is not counted: other events, the runtime's own lines, other routes. */
export function parseEventLine(message: string): CountedLine | null {
  if (!message.includes('"event"')) return null;
  const line = countedLineSchema.safeParse(json(message)).data;
  if (line === undefined) return null;
  return line.event === 'prediction' || line.route.startsWith('POST /predict') ? line : null;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // a console line that happens to quote the word
  }
}
