// Entry of a training thread; a Lambda's bundle has it beside the handler as worker.mjs. Lives until its team ends it.
import { parentPort } from 'node:worker_threads';
import { FitAborted } from './barrier.ts';
import { runBooster } from './booster.ts';
import type { LearningPoint } from './settings.ts';
import type { WorkerReport, WorkerTask } from './team.ts';

const report = (message: WorkerReport) => parentPort?.postMessage(message);

parentPort?.on('message', (task: WorkerTask) => {
  try {
    const onRound = task.reportRounds ? (point: LearningPoint) => report({ point }) : undefined;
    const result = runBooster(task.set, task.settings, task.thread, onRound);
    if (task.thread === 0) report({ result });
  } catch (error) {
    if (!(error instanceof FitAborted)) throw error;
  }
});
