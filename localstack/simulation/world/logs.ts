// CloudWatch Logs in memory: what the predict environments write is delivered to the monitor at least once, in any order.
import { gzipSync } from 'node:zlib';
import { pick } from '../universe/random.ts';

export interface Delivery {
  readonly event: unknown;
  readonly label: string;
  delivered: boolean;
}

export class Logs {
  readonly #random: () => number;
  readonly #deliveries: Delivery[] = [];
  #taken = 0;

  constructor(random: () => number) {
    this.#random = random;
  }

  /** Makes deliveries of lines, a few lines each. */
  take(stream: string, lines: readonly string[], now: number): void {
    for (let at = 0; at < lines.length; ) {
      const size = 1 + Math.floor(this.#random() * 3);
      const messages = lines.slice(at, at + size);
      at += size;
      const logEvents = messages.map((message, i) => ({ id: `${this.#taken + i}`, timestamp: now, message }));
      this.#taken += size;
      const payload = { messageType: 'DATA_MESSAGE', logGroup: '/aws/lambda/predict', logStream: stream, logEvents };
      const data = gzipSync(JSON.stringify(payload), { level: 1 }).toString('base64');
      this.#deliveries.push({
        event: { awslogs: { data } },
        label: `delivery ${this.#deliveries.length}`,
        delivered: false,
      });
    }
  }

  /** What CloudWatch sends next: something new or, now and then, something again. */
  next(): Delivery | null {
    const waiting = this.#deliveries.filter(({ delivered }) => !delivered);
    if (waiting.length > 0 && (this.#random() < 0.7 || this.#deliveries.length === waiting.length)) {
      return pick(this.#random, waiting);
    }
    const done = this.#deliveries.filter(({ delivered }) => delivered);
    return done.length === 0 ? null : pick(this.#random, done);
  }

  waiting(): Delivery[] {
    return this.#deliveries.filter(({ delivered }) => !delivered);
  }
}
