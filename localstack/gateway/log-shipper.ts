// Ships functions' log lines to CloudWatch Logs in batches, as Lambda does, so that subscriptions and consoles see them.
import type { LogWriter } from './log-writer.ts';
import type { LogLine } from './protocol.ts';

// Limits of PutLogEvents: 10,000 events, 1 MiB where each event counts 26 bytes more than its text.
const MAX_EVENTS = 10_000;
const MAX_BYTES = 1_000_000;
const EVENT_OVERHEAD = 26;
/** Lines kept while CloudWatch cannot be reached; older ones go. */
const MAX_KEPT = 200_000;
/** More lines than these make requests wait, a millisecond for each so many of them, so that none has to go. */
const MANY = 50_000;
const LINES_PER_PAUSE_MS = 1000;
/** A line waits this long at most for a batch to be full, and a batch that was not taken for its next attempt. */
const MAX_WAIT_MS = 1000;
/** Between batches, so that those who are subscribed take one after the other instead of several at a time. */
const INTERVAL_MS = 100;
// The local cloud keeps every line in memory, some 2 kB each, and writes all of them at each stop. A group's older
// streams go when a new one begins, as those of a real group do after their days of retention. Few and long ones: the
// cloud looks through all its lines to delete one.
const STREAM_LINES = 50_000;
const KEPT_STREAMS = 2;

export class LogShipper {
  readonly #writer: LogWriter;
  readonly #group: string;
  readonly #nextStream: () => string;
  readonly #timer: NodeJS.Timeout;
  #lines: LogLine[] = [];
  #bytes = 0;
  /** When the first of the lines came or became the first, or when CloudWatch took no batch. */
  #since = 0;
  /** Under way. One whose answer was missed is sent again as it was, so that who counts lines knows it. */
  #batch: readonly LogLine[] = [];
  #stream: string;
  /** Whether the stream stands; not known after a failure, for the cloud may have started over. */
  #stands = false;
  /** Lines in the stream. */
  #written = 0;
  #reached = false;
  #shipping: Promise<boolean> | null = null;
  /** Lines that were lost because CloudWatch could not be reached for too long. */
  dropped = 0;

  /** @param nextStream gives the name of a stream that does not stand yet */
  constructor(writer: LogWriter, group: string, nextStream: () => string) {
    this.#writer = writer;
    this.#group = group;
    this.#nextStream = nextStream;
    this.#stream = nextStream();
    this.#timer = setInterval(() => this.#shipDue(), INTERVAL_MS).unref();
  }

  add(lines: readonly LogLine[]): void {
    if (this.#lines.length === 0) this.#since = performance.now();
    for (const line of lines) {
      this.#lines.push(line);
      this.#bytes += sizeOf(line);
    }
    if (this.#lines.length > MAX_KEPT) this.dropped += this.#take(this.#lines.length - MAX_KEPT).length;
  }

  /**
   * Milliseconds that the next events should wait for the log to come after, 0 unless CloudWatch takes the lines more
   * slowly than they are written. A cloud that is away holds nobody up.
   */
  get pauseMs(): number {
    return this.#reached ? Math.max(0, (this.#lines.length - MANY) / LINES_PER_PAUSE_MS) : 0;
  }

  /** Ships what is there now. Never rejects: what could not be shipped stays for the next time. */
  async flush(): Promise<void> {
    await this.#shipping;
    while (this.#batch.length > 0 || this.#lines.length > 0) {
      if (!(await this.#shipOne())) return;
    }
  }

  /** Ships the rest. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.flush();
  }

  #shipDue(): void {
    if (this.#shipping !== null) return;
    const late = performance.now() - this.#since >= MAX_WAIT_MS;
    const waiting = this.#batch.length > 0 || this.#lines.length > 0;
    if (late ? waiting : this.#batch.length === 0 && this.#isFull()) this.#shipOne();
  }

  #isFull(): boolean {
    return this.#bytes >= MAX_BYTES || this.#lines.length >= MAX_EVENTS;
  }

  /** Ships one batch; false when CloudWatch did not take it: the engine is away or starting over, the lines wait. */
  #shipOne(): Promise<boolean> {
    this.#shipping ??= this.#ship()
      .catch(() => false)
      .then((taken) => {
        this.#shipping = null;
        this.#reached = taken;
        if (!taken) {
          this.#since = performance.now();
          this.#stands = false;
        }
        return taken;
      });
    return this.#shipping;
  }

  async #ship(): Promise<boolean> {
    if (!this.#stands) await this.#openStream();
    if (this.#batch.length === 0) this.#batch = this.#take(batchSize(this.#lines));
    await this.#writer.put(this.#group, this.#stream, this.#batch);
    this.#written += this.#batch.length;
    this.#batch = [];
    if (this.#written >= STREAM_LINES) {
      // Only now, with nothing under way: a batch that is sent again must go to the stream that it was sent to.
      this.#stream = this.#nextStream();
      this.#stands = false;
      this.#written = 0;
    }
    return true;
  }

  async #openStream(): Promise<void> {
    await this.#writer.createStream(this.#group, this.#stream);
    this.#stands = true;
    try {
      await this.#writer.keepNewest(this.#group, KEPT_STREAMS);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.add([[Date.now(), `older log streams could not be deleted: ${reason}`]]); // no reason to hold up the lines
    }
  }

  #take(count: number): LogLine[] {
    const taken = this.#lines.splice(0, count);
    for (const line of taken) this.#bytes -= sizeOf(line);
    this.#since = performance.now();
    return taken;
  }
}

function batchSize(lines: readonly LogLine[]): number {
  let bytes = 0;
  let count = 0;
  for (const line of lines) {
    bytes += sizeOf(line);
    if (count > 0 && (bytes > MAX_BYTES || count >= MAX_EVENTS)) break;
    count++;
  }
  return count;
}

function sizeOf([, text]: LogLine): number {
  return Buffer.byteLength(text) + EVENT_OVERHEAD;
}
