// An open loop: requests begin at a constant rate, whether or not earlier ones are answered, as patients come to a
// hospital. A request that finds no free connection waits, and its wait counts (no coordinated omission).
// autocannon's rate is not this: it sends a second's requests at once and then rests.
import { connect, type Socket } from 'node:net';

export interface OpenLoop {
  readonly url: URL;
  readonly body: string;
  readonly connections: number;
  readonly seconds: number;
  /** Requests a second over all connections. */
  readonly rate: number;
}

export interface OpenLoopResult {
  /** Milliseconds of each answer from the moment when its request was due, in the order of the answers. */
  readonly latencies: readonly number[];
  /** Requests that were answered with another status than 200, or not at all. */
  readonly errors: number;
}

const TICK_MS = 1;
const PATIENCE_MS = 30_000;

export async function openLoop({ url, body, connections, seconds, rate }: OpenLoop): Promise<OpenLoopResult> {
  const request = Buffer.from(
    `POST ${url.pathname} HTTP/1.1\r\nhost: ${url.host}\r\ncontent-type: application/json\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
  const latencies: number[] = [];
  const total = Math.round(rate * seconds);
  const due: number[] = [];
  let errors = 0;
  const channels = await Promise.all(Array.from({ length: connections }, () => Channel.open(url)));
  const idle = [...channels];

  const sendDue = () => {
    while (due.length > 0) {
      const channel = idle.pop();
      if (channel === undefined) return;
      const dueAt = due.shift() ?? 0;
      channel.send(request, (ok) => {
        if (!ok) errors += 1;
        latencies.push(performance.now() - dueAt);
        if (channel.isOpen) idle.push(channel);
        sendDue();
      });
    }
  };

  const start = performance.now();
  const deadline = start + seconds * 1000 + PATIENCE_MS;
  await new Promise<void>((resolve) => {
    let sent = 0;
    const tick = setInterval(() => {
      const now = performance.now();
      for (; sent < total && start + (sent * 1000) / rate <= now; sent++) due.push(start + (sent * 1000) / rate);
      sendDue();
      if (latencies.length < total && now < deadline) return;
      clearInterval(tick);
      resolve();
    }, TICK_MS);
  });
  for (const channel of channels) channel.close();
  return { latencies, errors: errors + total - latencies.length };
}

const HEADERS_END = '\r\n\r\n';

/** A kept-alive connection with at most one request under way. */
class Channel {
  readonly #socket: Socket;
  #received = '';
  #settle: ((ok: boolean) => void) | null = null;

  static open(url: URL): Promise<Channel> {
    return new Promise((resolve, reject) => {
      const socket = connect({ host: url.hostname, port: Number(url.port), noDelay: true });
      socket.once('connect', () => resolve(new Channel(socket)));
      socket.once('error', reject);
    });
  }

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setEncoding('latin1'); // so that a character is a byte
    socket.on('data', (chunk: string) => this.#receive(chunk));
    socket.on('close', () => this.#done(false));
    socket.on('error', () => socket.destroy());
  }

  get isOpen(): boolean {
    return !this.#socket.destroyed;
  }

  send(request: Uint8Array, settle: (ok: boolean) => void): void {
    this.#settle = settle;
    this.#socket.write(request);
  }

  close(): void {
    this.#socket.destroy();
  }

  #receive(chunk: string): void {
    this.#received += chunk;
    const headersEnd = this.#received.indexOf(HEADERS_END);
    if (headersEnd === -1) return;
    const length = /\r\ncontent-length: (\d+)/i.exec(this.#received.slice(0, headersEnd))?.[1];
    if (this.#received.length < headersEnd + HEADERS_END.length + Number(length ?? 0)) return;
    const ok = this.#received.startsWith('HTTP/1.1 200 ');
    this.#received = '';
    this.#done(ok);
  }

  #done(ok: boolean): void {
    const settle = this.#settle;
    this.#settle = null;
    settle?.(ok);
  }
}
