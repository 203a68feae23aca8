// Runs the boosting program on worker threads over one shared block, or right here when one thread is asked for.
import { Worker } from 'node:worker_threads';
import { BARRIER_WORDS, Barrier } from './barrier.ts';
import { runBooster } from './booster.ts';
import { viewsOf } from './memory.ts';
import type { BoostedTrees, BoostSettings, LearningPoint } from './settings.ts';
import type { TrainingSet } from './training-set.ts';

/** What a worker is sent once, and what it sends. */
export interface WorkerTask {
  readonly set: TrainingSet;
  readonly settings: BoostSettings;
  readonly thread: number;
  readonly reportRounds: boolean;
}
export type WorkerReport = { readonly point: LearningPoint } | { readonly result: BoostedTrees };

/** The worker's file: beside this one as source, beside the handler as worker.mjs in a Lambda bundle. */
export const workerUrl = (): URL =>
  new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.mjs', import.meta.url);

/** Worker threads that start while the data is still being prepared. */
export class Team {
  private readonly workers: Worker[];

  constructor(threads: number, url: URL) {
    this.workers = threads === 1 ? [] : Array.from({ length: threads }, () => new Worker(url));
  }

  /**
   * Boosts on all threads. The team ends with the run.
   * @throws WorkerDied when a thread fails or leaves; the others are stopped.
   */
  async run(
    set: TrainingSet,
    settings: BoostSettings,
    onRound?: (point: LearningPoint) => void,
  ): Promise<BoostedTrees> {
    if (this.workers.length === 0) return runBooster(set, settings, 0, onRound);
    try {
      return await new Promise<BoostedTrees>((resolve, reject) => {
        const died = (thread: number, reason: string) => {
          Barrier.abort(viewsOf(set.block).i32.subarray(set.barrier / 4, set.barrier / 4 + BARRIER_WORDS));
          reject(new WorkerDied(`Training thread ${thread} of ${this.workers.length} ${reason}; the fit was stopped.`));
        };
        this.workers.forEach((worker, thread) => {
          worker.once('error', (error) =>
            died(thread, `failed: ${error instanceof Error ? error.message : String(error)}`),
          );
          worker.once('exit', (code) => died(thread, `left with code ${code}`));
          worker.on('message', (report: WorkerReport) => {
            if ('result' in report) resolve(report.result);
            else onRound?.(report.point);
          });
          const task: WorkerTask = { set, settings, thread, reportRounds: thread === 0 && onRound !== undefined };
          worker.postMessage(task);
        });
      });
    } finally {
      await this.end();
    }
  }

  /** Stops the threads; needed only when `run` is not called. */
  async end(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.terminate()));
  }
}

/** A training thread died, so there is no model; the message says which and why. Fitting again may work (it was out of memory, say). */
export class WorkerDied extends Error {
  override readonly name = 'WorkerDied';
}
