// The thread that ships the functions' log lines: collecting, serializing and signing megabytes of them takes tens of
// milliseconds, which the gateway's own thread would owe to every request that arrives meanwhile.
import { randomUUID } from 'node:crypto';
import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { unpackLines } from './log-lines.ts';
import { LogShipper } from './log-shipper.ts';
import type { FromLogThread, LogThreadData, ToLogThread } from './log-thread.ts';
import { cloudWatchWriter } from './log-writer.ts';

const port = parentPort;
if (port === null) throw new Error('log-thread-worker.ts is started by the gateway only');

/** Answers come before log lines, which can wait. */
const NICE = 10;
// On Linux a process id of 0 means the calling thread, elsewhere the whole process.
if (process.platform === 'linux') setPriority(0, NICE);

const REPORT_MS = 50;

const data: LogThreadData = workerData;
const writer = cloudWatchWriter(new CloudWatchLogsClient({ ...data, credentials: { ...data.credentials } }));
const shippers = new Map<string, LogShipper>();
let reported = '{}';

port.on('message', (message: ToLogThread) => {
  if (message.kind === 'close') close();
  else for (const lines of message.lines) shipperOf(message.group).add(unpackLines(lines));
});
setInterval(report, REPORT_MS).unref();

function shipperOf(group: string): LogShipper {
  const known = shippers.get(group);
  if (known !== undefined) return known;
  const made = new LogShipper(writer, group, streamName);
  shippers.set(group, made);
  return made;
}

/** As Lambda names them: 2026/04/09/[$LATEST]0123456789abcdef... */
function streamName(): string {
  const day = new Date().toISOString().slice(0, 10).replaceAll('-', '/');
  return `${day}/[$LATEST]${randomUUID().replaceAll('-', '')}`;
}

function report(): void {
  const pauses = Object.fromEntries([...shippers].map(([group, { pauseMs }]) => [group, pauseMs]));
  const now = JSON.stringify(pauses);
  if (now === reported) return;
  reported = now;
  post({ kind: 'pauses', pauses });
}

async function close(): Promise<void> {
  await Promise.all([...shippers.values()].map((shipper) => shipper.close()));
  post({ kind: 'closed' });
}

function post(message: FromLogThread): void {
  port?.postMessage(message);
}
