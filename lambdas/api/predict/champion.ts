// The served model and how it follows the ledger: read beside the requests, swapped only once the next one is warm.
import { setTimeout } from 'node:timers/promises';
import { logLine } from '../../aws/log.ts';
import type { LedgerEntry } from '../../core/ledger/entry.ts';
import type { ServedModel } from './model.ts';

export interface ChampionSources {
  /** The ledger's head, read consistently; null while nothing is promoted. */
  readonly readHead: () => Promise<LedgerEntry | null>;
  readonly load: (entry: LedgerEntry) => Promise<ServedModel>;
  /** Milliseconds of a monotonic clock. */
  readonly ticks: () => number;
  /** An answer names a model that was the current one at most this long ago, as long as the registry answers. */
  readonly timeToLiveMs: number;
  /** How long a request waits at most for the registry; afterwards the last good model answers. */
  readonly patienceMs: number;
}

/** No request lives longer than API Gateway's 29 s, so none holds a replaced model after this. */
const RETIREMENT_MS = 30_000;

export interface Refusal {
  readonly version: number;
  readonly sha256: string;
  readonly reason: string;
}

export interface ChampionState {
  readonly model: ServedModel | null;
  readonly registryConnected: boolean;
  readonly pointerAgeMs: number | null;
  readonly refused: Refusal | null;
}

export class Champion {
  readonly #sources: ChampionSources;
  #model: ServedModel | null = null;
  #readAt: number | null = null;
  #checkedAt = Number.NEGATIVE_INFINITY;
  #connected = false;
  #refused: Refusal | null = null;
  #refreshing: { readonly asked: number; readonly done: Promise<void> } | null = null;

  constructor(sources: ChampionSources) {
    this.#sources = sources;
  }

  /**
   * The model to answer with. Past half of the time to live the pointer is read again beside the request; only when it
   * is older than all of it, after an idle time, does a request wait for the reading. The last good model keeps serving
   * when the registry cannot be reached.
   */
  current(): ServedModel | null | Promise<ServedModel | null> {
    const { ticks, timeToLiveMs, patienceMs } = this.#sources;
    const age = ticks() - this.#checkedAt;
    if (age < timeToLiveMs / 2) return this.#model;
    if (age < timeToLiveMs) {
      this.refresh();
      return this.#model;
    }
    return this.refreshWithin(patienceMs).then(() => this.#model);
  }

  /** As refresh, but waits so long at most; false when the reading goes on beside. */
  async refreshWithin(milliseconds: number): Promise<boolean> {
    const late = setTimeout(milliseconds, false, { ref: false });
    const inTime = await Promise.race([this.refresh().then(() => true), late]);
    if (!inTime) this.#missed(this.#sources.ticks());
    return inTime;
  }

  /**
   * Reads the pointer now and follows it; readings that come together are one. Never rejects: what went wrong is in the
   * state and in the log. A reading that began longer than a time to live ago was frozen with its Lambda between two
   * requests: what it brings is as old, so another one begins and the old one's answer is dropped.
   */
  refresh(): Promise<void> {
    const asked = this.#sources.ticks();
    const pending = this.#refreshing;
    if (pending !== null && asked - pending.asked < this.#sources.timeToLiveMs) return pending.done;
    const started = {
      asked,
      done: this.#follow(asked).finally(() => {
        if (this.#refreshing === started) this.#refreshing = null;
      }),
    };
    this.#refreshing = started;
    return started.done;
  }

  state(): ChampionState {
    return {
      model: this.#model,
      registryConnected: this.#connected,
      pointerAgeMs: this.#readAt === null ? null : this.#sources.ticks() - this.#readAt,
      refused: this.#refused,
    };
  }

  async #follow(asked: number): Promise<void> {
    let head: LedgerEntry | null;
    try {
      head = await this.#sources.readHead();
    } catch (error) {
      if (this.#isSuperseded(asked)) return;
      this.#missed(asked);
      logLine({ event: 'registry_unreachable', ...describe(error) });
      return;
    }
    if (this.#isSuperseded(asked)) return;
    this.#connected = true;
    if (head !== null && head.hash !== this.#model?.entry.hash) await this.#take(head, asked);
    if (this.#isSuperseded(asked)) return;
    this.#checkedAt = asked;
    this.#readAt = asked;
  }

  #isSuperseded(asked: number): boolean {
    return this.#refreshing !== null && this.#refreshing.asked > asked;
  }

  /** The registry did not answer. Requests wait for it again after a time to live, not each of them. */
  #missed(at: number): void {
    this.#connected = false;
    this.#checkedAt = at;
  }

  async #take(head: LedgerEntry, asked: number): Promise<void> {
    const before = this.#model;
    try {
      const loaded = await this.#sources.load(head);
      if (this.#isSuperseded(asked)) return void loaded.release();
      this.#model = loaded;
      this.#refused = null;
      logLine({
        event: 'model_taken',
        model_version: String(head.version),
        rev: head.rev,
        before: before?.version ?? null,
      });
    } catch (error) {
      const { message: reason } = describe(error);
      this.#refused = { version: head.version, sha256: head.model_sha256, reason };
      logLine({ event: 'model_refused', model_version: String(head.version), rev: head.rev, ...describe(error) });
      return;
    }
    if (before !== null) setTimeout(RETIREMENT_MS, undefined, { ref: false }).then(before.release, before.release);
  }
}

function describe(error: unknown): { error: string; message: string } {
  if (error instanceof Error) return { error: error.name, message: error.message };
  return { error: 'unknown', message: String(error) };
}
