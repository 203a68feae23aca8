// The functions behind the API: what each is for, how much it gets, and the only data that it may touch.
import { ArnFormat, Duration, Stack, Validations } from 'aws-cdk-lib';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import type { ApiFunction } from '../lambdas/core/routes/table.ts';
import type { Bundles } from './functions.ts';
import { resourceName } from './names.ts';
import { NodeFunction } from './node-function.ts';
import type { Settings } from './settings.ts';
import type { SigningUse } from './signing.ts';
import type { ItemAccess, ObjectAccess, Storage } from './storage.ts';

interface ApiFunctionSpec {
  readonly description: string;
  /** Patients' answers wait for its start: it starts without source maps. The maps are in its zip, to read a trace with. */
  readonly startsFast?: boolean;
  readonly objects?: ObjectAccess;
  readonly tracking?: ItemAccess;
  readonly registry?: ItemAccess;
  readonly metrics?: ItemAccess;
  /** May tell a missing object from a forbidden one; S3 answers 403 for both otherwise. */
  readonly knowsAbsence?: true;
  readonly signing?: SigningUse;
  /** What it may do with executions of the training pipeline. */
  readonly executions?: 'list' | 'start, watch and stop';
}

const LEDGER = 'ledger#*';
const VERSIONS = 'model#*';
/** Hashes the references that callers send of encounters; drawn once. */
const REFERENCE_KEY = 'key#encounter_ref';

/** Predict can write nothing at all: whoever breaks it can change neither a model nor the ledger. */
export const API_FUNCTIONS: Readonly<Record<ApiFunction | 'Authorizer', ApiFunctionSpec>> = {
  Predict: {
    description: 'Answers predictions with the promoted model',
    startsFast: true,
    objects: { read: ['models/'] },
    registry: { read: [LEDGER, VERSIONS, REFERENCE_KEY] },
    signing: { checkpoints: 'look' },
  },
  Outcomes: {
    description: 'Keeps what became of predictions, and measures the model by it',
    registry: { read: [REFERENCE_KEY], write: [REFERENCE_KEY] },
    metrics: { read: ['records#*', 'encounter#*', 'outcomes#*', 'counters#*'], write: ['outcomes#*'] },
  },
  Registry: {
    description: 'Models, runs and ledger; promotions and rollbacks for operators',
    objects: { read: ['models/', 'runs/'] },
    knowsAbsence: true,
    tracking: { read: ['*'] },
    registry: { read: [LEDGER, VERSIONS], write: [LEDGER] },
    signing: { models: 'verify', checkpoints: 'sign' },
  },
  Pipeline: {
    description: 'Executions to start, watch and stop, files to bring in, rows that were put aside',
    objects: { read: ['quarantine/'], write: ['incoming/'] },
    knowsAbsence: true,
    tracking: { read: ['*'], write: ['claims'] },
    executions: 'start, watch and stop',
  },
  Docs: { description: 'The API description and its pages' },
  Metrics: {
    description: 'Counters and gauges as Prometheus text',
    objects: { read: ['models/'] },
    knowsAbsence: true,
    tracking: { read: ['*'] },
    registry: { read: [LEDGER, VERSIONS] },
    metrics: { read: ['counters#*'] },
    executions: 'list',
  },
  Authorizer: {
    description: 'Tells who a bearer token belongs to and what it may do',
    startsFast: true,
    registry: { read: ['token#*'] },
  },
};

export interface ApiFunctionsProps {
  readonly settings: Settings;
  readonly storage: Storage;
  readonly bundles: Bundles;
  readonly stateMachine: StateMachine;
  readonly environment: Readonly<Record<string, string>>;
}

/** API Gateway waits 29 s at most for an answer; a function that runs longer works for nobody. */
const LONGEST_ANSWER = Duration.seconds(29);

/** Makes one of the API's functions with exactly its grants. */
export function addApiFunction(
  scope: Construct,
  name: ApiFunction | 'Authorizer',
  props: ApiFunctionsProps,
): NodeFunction {
  const { settings, storage, bundles, stateMachine, environment } = props;
  const spec = API_FUNCTIONS[name];
  const fn = new NodeFunction(scope, name, {
    settings,
    bundle: bundles(name, settings.platform),
    description: spec.description,
    memoryMiB: settings.memory[name],
    timeout: LONGEST_ANSWER,
    reserved: settings.reserved[name],
    sourceMaps: spec.startsFast !== true,
    environment: spec.executions ? { ...environment, STATE_MACHINE_ARN: stateMachine.stateMachineArn } : environment,
  });
  storage.grantObjects(fn, spec.objects ?? {});
  // For Pipeline it is the list of incoming files as well; key names hold no personal data.
  storage.signing.grant(fn, spec.signing ?? {});
  if (spec.knowsAbsence) storage.grantKnowingAbsence(fn);
  storage.grantItems(fn, storage.tracking, spec.tracking ?? {});
  storage.grantItems(fn, storage.registry, spec.registry ?? {});
  storage.grantItems(fn, storage.metrics, spec.metrics ?? {});
  if (spec.executions === 'list') fn.allow(['states:ListExecutions'], [stateMachine.stateMachineArn]);
  if (spec.executions === 'start, watch and stop') allowWatching(fn, settings, stateMachine);
  return fn;
}

function allowWatching(fn: NodeFunction, settings: Settings, stateMachine: StateMachine): void {
  const name = resourceName(settings, 'TrainingPipeline');
  const executions = Stack.of(fn).formatArn({
    service: 'states',
    resource: 'execution',
    resourceName: `${name}:*`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  fn.allow(['states:ListExecutions', 'states:StartExecution'], [stateMachine.stateMachineArn]);
  fn.allow(['states:DescribeExecution', 'states:GetExecutionHistory', 'states:StopExecution'], [executions]);
  Validations.of(fn.role).acknowledge({
    id: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution:${name}:*]`,
    reason: 'Executions get their names at run time; they are those of this one state machine.',
  });
}
