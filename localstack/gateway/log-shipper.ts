// Ships functions' log lines to CloudWatch Logs in batches, as Lambda does, so that subscriptions and consoles see them.
import {
  type CloudWatchLogsClient,
  CreateLogStreamCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import type { LogLine } from './protocol.ts';

// Limits of PutLogEvents: 10,000 events, 1 MiB where each event counts 26 bytes more than its text.
const MAX_EVENTS = 10_000;
const MAX_BYTES = 1_000_000;
const EVENT_OVERHEAD = 26;
/** Lines kept while CloudWatch cannot be reached; older ones go. */
const MAX_KEPT = 200_000;
const INTERVAL_MS = 1000;

export class LogShipper {
  readonly #client: CloudWatchLogsClient;
  readonly #group: string;
  readonly #stream: string;
  readonly #timer: NodeJS.Timeout;
  #lines: LogLine[] = [];
  /** Under way. One whose answer was missed is sent again as it was, so that who counts lines knows it. */
  #batch: readonly LogLine[] = [];
  #created = false;
  #shipping: Promise<void> | null = null;
  /** Lines that were lost because CloudWatch could not be reached for too long. */
  dropped = 0;

  constructor(client: CloudWatchLogsClient, group: string, stream: string) {
    this.#client = client;
    this.#group = group;
    this.#stream = stream;
    this.#timer = setInterval(() => this.flush(), INTERVAL_MS).unref();
  }

  add(lines: readonly LogLine[]): void {
    for (const line of lines) this.#lines.push(line);
    if (this.#lines.length > MAX_KEPT) this.dropped += this.#lines.splice(0, this.#lines.length - MAX_KEPT).length;
  }

  /** Ships what is there now. Never rejects: what could not be shipped stays for the next time. */
  flush(): Promise<void> {
    this.#shipping ??= this.#ship().finally(() => {
      this.#shipping = null;
    });
    return this.#shipping;
  }

  /** Ships the rest. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.flush();
    await this.flush();
  }

  async #ship(): Promise<void> {
    try {
      while (this.#batch.length > 0 || this.#lines.length > 0) {
        if (!this.#created) await this.#createStream();
        if (this.#batch.length === 0) this.#batch = this.#lines.splice(0, batchSize(this.#lines));
        await this.#put(this.#batch);
        this.#batch = [];
      }
    } catch {
      // The engine is away or starting over: the lines wait.
    }
  }

  async #createStream(): Promise<void> {
    try {
      await this.#client.send(new CreateLogStreamCommand({ logGroupName: this.#group, logStreamName: this.#stream }));
    } catch (error) {
      if (!(error instanceof Error && error.name === 'ResourceAlreadyExistsException')) throw error;
    }
    this.#created = true;
  }

  async #put(lines: readonly LogLine[]): Promise<void> {
    const events = lines.map(([timestamp, message]) => ({ timestamp, message: message === '' ? ' ' : message }));
    events.sort((a, b) => a.timestamp - b.timestamp);
    await this.#client.send(
      new PutLogEventsCommand({ logGroupName: this.#group, logStreamName: this.#stream, logEvents: events }),
    );
  }
}

function batchSize(lines: readonly LogLine[]): number {
  let bytes = 0;
  let count = 0;
  for (const [, text] of lines) {
    bytes += Buffer.byteLength(text) + EVENT_OVERHEAD;
    if (count > 0 && (bytes > MAX_BYTES || count >= MAX_EVENTS)) break;
    count++;
  }
  return count;
}
