// A thread that writes to CloudWatch Logs: serializing and signing a megabyte of lines takes tens of milliseconds, which
// the gateway's own thread would owe to every request that arrives meanwhile.
import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { cloudWatchWriter, type LogWriter } from './log-writer.ts';
import type { FromLogWriter, LogTask, LogWriterData, ToLogWriter } from './log-writer-client.ts';

const port = parentPort;
if (port === null) throw new Error('log-writer-thread.ts is started by the gateway only');

/** Answers come before log lines, which can wait. */
const NICE = 10;
// On Linux a process id of 0 means the calling thread, elsewhere the whole process.
if (process.platform === 'linux') setPriority(0, NICE);

const data: LogWriterData = workerData;
const writer = cloudWatchWriter(new CloudWatchLogsClient({ ...data, credentials: { ...data.credentials } }));

port.on('message', ({ id, task }: ToLogWriter) => {
  perform(writer, task).then(
    () => answer({ id, error: null }),
    (error: unknown) => answer({ id, error: error instanceof Error ? error.message : String(error) }),
  );
});

function perform(to: LogWriter, task: LogTask): Promise<void> {
  switch (task.kind) {
    case 'create':
      return to.createStream(task.group, task.stream);
    case 'put':
      return to.put(task.group, task.stream, task.lines);
    case 'keep':
      return to.keepNewest(task.group, task.count);
  }
}

function answer(message: FromLogWriter): void {
  port?.postMessage(message);
}
