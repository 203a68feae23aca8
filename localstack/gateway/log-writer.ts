// Writing to CloudWatch Logs: what a log shipper needs of it.
import {
  type CloudWatchLogsClient,
  CreateLogStreamCommand,
  DeleteLogStreamCommand,
  PutLogEventsCommand,
  paginateDescribeLogStreams,
} from '@aws-sdk/client-cloudwatch-logs';
import type { LogLine } from './protocol.ts';

export interface LogWriter {
  /** One that stands already is as good as a new one. */
  createStream(group: string, stream: string): Promise<void>;
  /** At most 10,000 lines and 1 MiB, as PutLogEvents takes them. */
  put(group: string, stream: string, lines: readonly LogLine[]): Promise<void>;
  /** Deletes all streams of a group but the `count` that were created last. */
  keepNewest(group: string, count: number): Promise<void>;
}

export function cloudWatchWriter(client: CloudWatchLogsClient): LogWriter {
  return {
    createStream: async (logGroupName, logStreamName) => {
      try {
        await client.send(new CreateLogStreamCommand({ logGroupName, logStreamName }));
      } catch (error) {
        if (!(error instanceof Error && error.name === 'ResourceAlreadyExistsException')) throw error;
      }
    },
    put: async (logGroupName, logStreamName, lines) => {
      const logEvents = lines.map(([timestamp, message]) => ({ timestamp, message: message === '' ? ' ' : message }));
      logEvents.sort((a, b) => a.timestamp - b.timestamp);
      await client.send(new PutLogEventsCommand({ logGroupName, logStreamName, logEvents }));
    },
    keepNewest: async (logGroupName, count) => {
      const streams = [];
      for await (const page of paginateDescribeLogStreams({ client }, { logGroupName }))
        streams.push(...(page.logStreams ?? []));
      streams.sort((a, b) => (b.creationTime ?? 0) - (a.creationTime ?? 0));
      for (const { logStreamName } of streams.slice(count))
        await client.send(new DeleteLogStreamCommand({ logGroupName, logStreamName }));
    },
  };
}
