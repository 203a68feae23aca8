// The served model and how it follows the ledger: read beside the requests, swapped only once the next one is warm.
import { setTimeout } from 'node:timers/promises';
import { logLine } from '../../aws/log.ts';
import type { LedgerEntry } from '../../core/ledger/entry.ts';
import { assertReaches, TamperedLedgerError } from '../../core/ledger/head.ts';
import type { ServedModel } from './model.ts';

export interface ChampionSources {
  /** The ledger's head, read consistently; null while nothing is promoted. Rejects with TamperedLedgerError. */
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

/** What could not be taken: a model, or, where the ledger itself is not to be believed, whatever it points to. */
export interface Refusal {
  readonly version: number | null;
  readonly sha256: string | null;
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
      if (this.#isSuperseded(asked)) return;
      this.#assertGrown(head);
    } catch (error) {
      if (this.#isSuperseded(asked)) return;
      if (error instanceof TamperedLedgerError) this.#disbelieve(asked, error);
      else this.#missed(asked, error);
      return;
    }
    this.#connected = true;
    if (head !== null && head.hash !== this.#model?.entry.hash) await this.#take(head, asked);
    else this.#refused = null;
    if (this.#isSuperseded(asked)) return;
    this.#checkedAt = asked;
    this.#readAt = asked;
  }

  /** A reading that began later is under way or was followed already. */
  #isSuperseded(asked: number): boolean {
    return Math.max(this.#refreshing?.asked ?? asked, this.#readAt ?? asked) > asked;
  }

  /** A ledger only grows: one that ends before the entry that is served has lost some. */
  #assertGrown(head: LedgerEntry | null): void {
    if (this.#model === null) return;
    const { rev, hash } = this.#model.entry;
    assertReaches(head ?? { rev: 0, hash: '' }, { rev, hash });
  }

  /** The registry answered, with a ledger that was tampered with: what serves goes on, nothing new is taken from it. */
  #disbelieve(at: number, error: TamperedLedgerError): void {
    this.#connected = true;
    this.#checkedAt = at;
    this.#readAt = at;
    if (this.#refused?.reason !== error.message) logLine({ event: 'ledger_refused', ...describe(error) });
    this.#refused = { version: null, sha256: null, reason: error.message };
  }

  /** The registry did not answer. Requests wait for it again after a time to live, not each of them. */
  #missed(at: number, error?: unknown): void {
    this.#connected = false;
    this.#checkedAt = at;
    if (error !== undefined) logLine({ event: 'registry_unreachable', ...describe(error) });
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
