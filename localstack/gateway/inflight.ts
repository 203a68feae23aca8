// Requests that a function is at work on, until they are answered or API Gateway's 29 s are over.
import type { ServerResponse } from 'node:http';
import { type GatewayResponses, send } from './gateway-response.ts';
import { Outstanding } from './outstanding.ts';
import type { Outcome } from './protocol.ts';

/** API Gateway's integration timeout. */
const LIMIT_MS = 29_000;
/** Lambda's limit for a response, in bytes. */
const MAX_RESPONSE = 6 * 1024 * 1024;

interface Entry {
  readonly response: ServerResponse;
  readonly requestId: string;
  readonly since: number;
}

export class Inflight {
  readonly #responses: GatewayResponses;
  readonly #entries = new Outstanding<Entry>();
  readonly #sweep: NodeJS.Timeout;
  #onEmpty: (() => void) | null = null;

  constructor(responses: GatewayResponses) {
    this.#responses = responses;
    this.#sweep = setInterval(() => this.#expire(), 250).unref();
  }

  add(response: ServerResponse, requestId: string): number {
    // The number is an Int32, since workers say in a shared one which request they are at.
    return this.#entries.add({ response, requestId, since: performance.now() });
  }

  settle(outcome: Outcome): void {
    const entry = this.#remove(outcome[0]);
    if (entry === undefined) return; // answered 504 before
    const { response, requestId } = entry;
    if (outcome.length !== 5) {
      this.#responses.answer(response, 'failed', requestId);
      return;
    }
    const [, status, headers, text, isBase64] = outcome;
    const body = isBase64 ? Buffer.from(text, 'base64') : text;
    if (body.length > MAX_RESPONSE) {
      this.#responses.answer(response, 'failed', requestId);
      return;
    }
    send(response, status, headers, body, requestId);
  }

  refuse(id: number): void {
    const entry = this.#remove(id);
    if (entry !== undefined) this.#responses.answer(entry.response, 'busy', entry.requestId);
  }

  /** Resolves when nothing is under way, or after `patienceMs`. */
  async drained(patienceMs: number): Promise<void> {
    if (this.#entries.size > 0) {
      await new Promise<void>((resolve) => {
        this.#onEmpty = resolve;
        setTimeout(resolve, patienceMs).unref();
      });
    }
    clearInterval(this.#sweep);
  }

  #remove(id: number): Entry | undefined {
    const entry = this.#entries.take(id);
    if (this.#entries.size === 0) this.#onEmpty?.();
    return entry;
  }

  #expire(): void {
    const oldest = performance.now() - LIMIT_MS;
    for (const [id, { since, response, requestId }] of this.#entries) {
      if (since > oldest) continue;
      this.#remove(id);
      this.#responses.answer(response, 'timeout', requestId);
    }
  }
}
