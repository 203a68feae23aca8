// The step functions: what each is for, how much it gets, and the only data that it may touch.
import { Duration } from 'aws-cdk-lib';
import type { SigningUse } from './signing.ts';
import type { ItemAccess, ObjectAccess } from './storage.ts';

/** Each is a state of the machine, and, in kebab case, a folder under lambdas/steps. */
export const STEP_NAMES = [
  'Ingest',
  'Clean',
  'Plan',
  'Train',
  'Evaluate',
  'Promote',
  'Reject',
  'RecordFailure',
] as const;
export type StepName = (typeof STEP_NAMES)[number];

export interface Step {
  readonly description: string;
  readonly timeout: Duration;
  /** Files bundled beside the handler: worker threads. */
  readonly workers?: Readonly<Record<string, string>>;
  readonly objects?: ObjectAccess;
  readonly tracking: ItemAccess;
  readonly registry?: ItemAccess;
  /** May tell a missing object from a forbidden one. */
  readonly knowsAbsence?: true;
  readonly signing?: SigningUse;
}

/** Who writes it may append only: a claim is put on the condition that its number is free. */
const CLAIMS = 'claims';
/** The one dataset that the deployment holds rows of. */
const DATASET = 'dataset';
const LEDGER = 'ledger#*';
const VERSIONS = 'model#*';
const SPENDING = 'spending#*';
const EXECUTIONS = 'execution#*';
/** Hashes the references that callers send of encounters; drawn once. */
const REFERENCE_KEY = 'key#encounter_ref';
const EXPERIMENTS = 'experiment#*';

/**
 * Training never sees a test row: the split is in the key, and Train has no statement for `clean/split=test/`. Evaluate reads
 * every split: it fits the chosen candidate again on earlier rows and tests it on later ones; those fits are never stored.
 * Only Evaluate registers versions, only Promote moves the pointer. Who writes an object may read it, to find on a retry
 * that it stands there already with the same bytes.
 */
export const STEPS: Readonly<Record<StepName, Step>> = {
  Ingest: {
    description: 'Cuts an uploaded file into raw batches and claims their encounters',
    timeout: Duration.minutes(15),
    objects: { read: ['incoming/', 'raw/', 'profile/'], write: ['raw/', 'profile/'] },
    tracking: {
      read: ['source#*', 'batches', CLAIMS, 'cleaned', DATASET],
      write: ['source#*', 'batches', CLAIMS, DATASET, EXECUTIONS],
    },
    knowsAbsence: true,
  },
  Clean: {
    description: 'Validates one raw batch: clean Parquet by split, the rest to quarantine with a reason',
    timeout: Duration.minutes(5),
    objects: {
      read: ['raw/', 'clean/', 'profile/', 'quarantine/'],
      write: ['clean/', 'profile/', 'quarantine/'],
    },
    tracking: { read: [CLAIMS], write: ['cleaned', EXECUTIONS] },
  },
  Plan: {
    description: 'Fixes which cleaned rows a run uses; tells whether any of them is new',
    timeout: Duration.minutes(1),
    objects: { read: ['runs/'], write: ['runs/'] },
    tracking: { read: [CLAIMS, 'cleaned', DATASET, 'outcomes', 'reports'], write: ['outcomes', EXECUTIONS] },
    registry: { read: [LEDGER] },
    knowsAbsence: true,
  },
  Train: {
    description: 'Fits one candidate on the training rows and exports it to ONNX',
    timeout: Duration.minutes(15),
    workers: { worker: 'lambdas/core/trees/worker.ts' },
    objects: {
      read: ['clean/split=train/', 'clean/split=validation/', 'runs/', 'models/'],
      write: ['runs/', 'models/'],
    },
    tracking: { read: ['cleaned'], write: [EXPERIMENTS, EXECUTIONS] },
  },
  Evaluate: {
    description: 'Chooses the challenger, measures it on test and in time, compares it with the champion',
    timeout: Duration.minutes(15),
    workers: { worker: 'lambdas/core/trees/worker.ts' },
    objects: {
      // The gate asks what was set aside, and whether that depends on the label or a subgroup.
      read: ['clean/', 'profile/', 'quarantine/', 'runs/', 'models/'],
      write: ['runs/', 'models/'],
    },
    tracking: { read: ['cleaned', CLAIMS], write: ['reports', EXPERIMENTS, EXECUTIONS] },
    registry: { read: [LEDGER, VERSIONS, SPENDING], write: [VERSIONS, SPENDING] },
    signing: { models: 'sign' },
    knowsAbsence: true,
  },
  Promote: {
    description: 'Appends the promotion to the ledger: the pointer moves to the challenger',
    timeout: Duration.minutes(1),
    tracking: { read: ['reports', CLAIMS], write: ['outcomes', EXECUTIONS] },
    registry: { read: [LEDGER, REFERENCE_KEY], write: [LEDGER, REFERENCE_KEY] },
    signing: { checkpoints: 'sign' },
  },
  Reject: {
    description: 'Records why the challenger stays out; the champion keeps serving',
    timeout: Duration.minutes(1),
    tracking: { read: ['reports'], write: ['outcomes', EXECUTIONS] },
  },
  RecordFailure: {
    description: 'Records why an execution failed before it ends, and whether it had promoted a model by then',
    timeout: Duration.minutes(1),
    tracking: { write: [EXECUTIONS] },
    registry: { read: [LEDGER] },
  },
};
