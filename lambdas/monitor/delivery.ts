// What CloudWatch Logs hands to a subscribed function: gzipped JSON with a group of log lines of one stream.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html#LambdaFunctionExample
import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import * as z from 'zod';
import { type CountedLine, parseEventLine } from '../core/exposition/event-line.ts';

const eventSchema = z.object({ awslogs: z.object({ data: z.base64() }) });
const payloadSchema = z.object({
  messageType: z.string(),
  logGroup: z.string().default(''),
  logStream: z.string().default(''),
  logEvents: z.array(z.object({ id: z.string(), timestamp: z.number(), message: z.string() })).default([]),
});

export interface TimedLine {
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly line: CountedLine;
}

export interface Lines {
  /** sha256 of where the lines were written and what they say; a repeated delivery has the same. */
  readonly id: string;
  readonly lines: readonly TimedLine[];
}

/** The lines that count. @throws ZodError for what is not from CloudWatch Logs */
export function readDelivery(event: unknown): Lines {
  const { awslogs } = eventSchema.parse(event);
  const text = gunzipSync(Buffer.from(awslogs.data, 'base64')).toString('utf8');
  const { messageType, logGroup, logStream, logEvents } = payloadSchema.parse(JSON.parse(text));
  // CloudWatch sends a control message to see whether the destination can be reached.
  const events = messageType === 'DATA_MESSAGE' ? logEvents : [];
  const lines: TimedLine[] = [];
  // By what the lines say, request ids included, and not by CloudWatch's ids of them: a writer that repeats a
  // PutLogEvents whose answer it missed makes new ids for the same lines.
  const id = createHash('sha256').update(JSON.stringify([logGroup, logStream]));
  for (const { timestamp, message } of events) {
    const line = parseEventLine(message);
    if (line === null) continue;
    lines.push({ time: timestamp, line });
    id.update(`${message.length}:`).update(message); // its length, so that no two lists of lines read the same
  }
  return { id: id.digest('hex'), lines };
}
