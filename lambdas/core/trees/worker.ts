// Entry of a training thread; a Lambda's bundle has it beside the handler as worker.mjs. Lives until its team ends it.
import { parentPort } from 'node:worker_threads';
import { FitAborted } from './barrier.ts';
import { runBooster } from './booster.ts';
import { growForestTree } from './forest-tree.ts';
import type { LearningPoint } from './settings.ts';
import type { WorkerReport, WorkerTask } from './team.ts';

const report = (message: WorkerReport) => parentPort?.postMessage(message);

parentPort?.on('message', (task: WorkerTask) => {
  if (task.kind === 'boost') boost(task);
  else growTrees(task);
});

function boost({ set, settings, thread, reportRounds }: Extract<WorkerTask, { kind: 'boost' }>): void {
  try {
    const onRound = reportRounds ? (point: LearningPoint) => report({ kind: 'round', point }) : undefined;
    const result = runBooster(set, settings, thread, onRound);
    if (thread === 0) report({ kind: 'boosted', result });
  } catch (error) {
    if (!(error instanceof FitAborted)) throw error;
  }
}

function growTrees({ binned, settings, thread, threads }: Extract<WorkerTask, { kind: 'forest' }>): void {
  const trees = [];
  for (let index = thread; index < settings.trees; index += threads)
    trees.push(growForestTree(binned, settings, index));
  report({ kind: 'grown', thread, trees });
}
