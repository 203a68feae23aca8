// Worker threads that start while the data is still being prepared, work on one fit, and end with it.
import { Worker } from 'node:worker_threads';
import type { BinnedRows, ForestSettings } from './forest-tree.ts';
import type { BoostedTrees, BoostSettings, LearningPoint } from './settings.ts';
import type { TrainingSet } from './training-set.ts';
import type { Tree } from './tree.ts';

/** What a worker is asked, once. */
export type WorkerTask =
  | {
      readonly kind: 'boost';
      readonly set: TrainingSet;
      readonly settings: BoostSettings;
      readonly thread: number;
      readonly reportRounds: boolean;
    }
  | {
      readonly kind: 'forest';
      readonly binned: BinnedRows;
      readonly settings: ForestSettings;
      readonly thread: number;
      readonly threads: number;
    };

/** What it answers: progress, then a result. */
export type WorkerReport =
  | { readonly kind: 'round'; readonly point: LearningPoint }
  | { readonly kind: 'boosted'; readonly result: BoostedTrees }
  | { readonly kind: 'grown'; readonly thread: number; readonly trees: readonly Tree[] };

/** The worker's file: beside this one as source, beside the handler as worker.mjs in a Lambda bundle. */
export const workerUrl = (): URL =>
  new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.mjs', import.meta.url);

export class Team {
  private readonly workers: readonly Worker[];

  constructor(threads: number, url: URL) {
    this.workers = Array.from({ length: threads }, () => new Worker(url));
  }

  /**
   * Gives thread i the task of index i and returns what `receive` first makes of a report; the threads end with it. `stop` is called
   * when one died, to release those that wait for it.
   * @throws WorkerDied when a thread fails or leaves before the result.
   */
  async run<R>(
    tasks: readonly WorkerTask[],
    receive: (report: WorkerReport) => R | undefined,
    stop: () => void = () => {},
  ): Promise<R> {
    try {
      return await new Promise<R>((resolve, reject) => {
        const died = (thread: number, reason: string) => {
          stop();
          reject(new WorkerDied(`Training thread ${thread} of ${tasks.length} ${reason}; the fit was stopped.`));
        };
        for (const [thread, worker] of this.workers.entries()) {
          worker.once('error', (error) =>
            died(thread, `failed: ${error instanceof Error ? error.message : String(error)}`),
          );
          worker.once('exit', (code) => died(thread, `left with code ${code}`));
          worker.on('message', (report: WorkerReport) => {
            const result = receive(report);
            if (result !== undefined) resolve(result);
          });
          worker.postMessage(tasks[thread]);
        }
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
