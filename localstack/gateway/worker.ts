// One execution environment of one function: imports its bundle once, then takes one event at a time.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import type { FromWorker, Invocation, Outcome, RawInvocation, ToWorker, WorkerData } from './protocol.ts';
import { proxyEvent } from './proxy-event.ts';
import { HeaderReader } from './proxy-headers.ts';
import { responseOutcome } from './proxy-response.ts';
import { captureLog } from './worker-log.ts';

const data: WorkerData = workerData;
const port = parentPort;
if (port === null) throw new Error('worker.ts is started by the gateway only');

/** Answers that travel in one message at most, since waking the gateway costs about as much as a small answer. */
const MAX_BATCH = 16;
/** They wait for each other only while this many times more events wait: the gateway sends them during the next ones. */
const WAITING_PER_ANSWER = 3;
const LOG_INTERVAL_MS = 1000;

const log = captureLog();
const headers = new HeaderReader(data.api.port);
const queue: (() => Promise<Outcome>)[] = [];
let outcomes: Outcome[] = [];
let running = false;

const handler = await load();
// A worker that exits, by process.exit or an error that nobody caught, still hands over what it has done.
process.on('exit', flush);
port.on('message', (message: ToWorker) => {
  if (message.kind === 'raw') {
    const { invocation } = message;
    queue.push(() => answerRaw(invocation));
  } else for (const invocation of message.invocations) queue.push(() => answer(invocation));
  if (!running) drain();
});
setInterval(flush, LOG_INTERVAL_MS).unref(); // for lines that are written between events
post({ kind: 'ready' });

async function load(): Promise<(event: unknown, context: unknown) => unknown> {
  const [file, name] = data.handler.split('.');
  try {
    const module: Record<string, unknown> = await import(pathToFileURL(join(data.directory, `${file}.mjs`)).href);
    const found = module[name ?? 'handler'];
    if (typeof found !== 'function') throw new TypeError(`${data.handler} is not a function`);
    return (event, context) => found(event, context);
  } catch (error) {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    post({ kind: 'failed', reason, logs: log.take() });
    throw error;
  }
}

async function drain(): Promise<void> {
  running = true;
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const outcome = await next();
    outcomes.push(outcome); // not in one statement: the list may be another one after the wait
    if (outcomes.length >= MAX_BATCH || outcomes.length * WAITING_PER_ANSWER >= queue.length) flush();
  }
  running = false;
  flush();
}

async function answerRaw([id, event, requestId]: RawInvocation): Promise<Outcome> {
  try {
    return [id, JSON.stringify((await invoke(id, JSON.parse(event), requestId)) ?? null)];
  } catch (error) {
    failed(id, requestId, error);
    const { name: errorType, message: errorMessage } = error instanceof Error ? error : new Error(String(error));
    return [id, JSON.stringify({ errorType, errorMessage })];
  }
}

async function answer(invocation: Invocation): Promise<Outcome> {
  const [id, resource, , , , , , , requestId] = invocation;
  const known = data.resources[resource];
  if (known === undefined) return [id];
  try {
    const result = await invoke(id, proxyEvent(invocation, known, data.api, headers), requestId);
    return responseOutcome(id, result, known.openToPages);
  } catch (error) {
    return failed(id, requestId, error);
  }
}

function failed(id: number, requestId: string, error: unknown): Outcome {
  log.write(`${requestId}\tERROR\tInvoke Error\t${error instanceof Error ? error.stack : String(error)}`);
  return [id];
}

function invoke(id: number, event: unknown, requestId: string): unknown {
  Atomics.store(data.progress, 0, id);
  log.requestId = requestId;
  const deadline = Date.now() + data.timeoutMs;
  return handler(event, {
    functionName: data.functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: data.functionArn,
    memoryLimitInMB: String(data.memoryMb),
    awsRequestId: requestId,
    logGroupName: `/aws/lambda/${data.functionName}`,
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => deadline - Date.now(),
  });
}

function flush(): void {
  if (outcomes.length === 0 && log.isEmpty()) return;
  post({ kind: 'outcomes', outcomes, logs: log.take() });
  outcomes = [];
}

function post(message: FromWorker): void {
  port?.postMessage(message);
}
