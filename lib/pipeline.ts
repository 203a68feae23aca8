// The training pipeline: the step functions, the state machine over them, and what starts it.
import { ArnFormat, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { EventField, Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { SfnStateMachine } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { DefinitionBody, LogLevel, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { readDefinition } from './definition.ts';
import type { Bundles } from './functions.ts';
import { resourceName } from './names.ts';
import { NodeFunction } from './node-function.ts';
import type { Settings } from './settings.ts';
import { STEP_NAMES, STEPS, type StepName } from './steps.ts';
import type { Storage } from './storage.ts';
import { codeVersion } from './version.ts';

export interface PipelineProps {
  readonly settings: Settings;
  readonly storage: Storage;
  readonly bundles: Bundles;
  readonly environment: Readonly<Record<string, string>>;
}

export class Pipeline extends Construct {
  readonly stateMachine: StateMachine;
  readonly functions: ReadonlyMap<StepName, NodeFunction>;

  constructor(scope: Construct, id: string, props: PipelineProps) {
    super(scope, id);
    this.functions = new Map(STEP_NAMES.map((name) => [name, this.addStep(name, props)]));
    const version = codeVersion(STEP_NAMES.map((name) => props.bundles(name, props.settings.platform).codeHash));
    for (const fn of this.functions.values()) fn.lambda.addEnvironment('CODE_VERSION', version);
    this.stateMachine = this.addStateMachine(props.settings);
    this.addStarts(props);
  }

  private addStep(name: StepName, { settings, storage, bundles, environment }: PipelineProps): NodeFunction {
    const step = STEPS[name];
    const fn = new NodeFunction(this, name, {
      settings,
      bundle: bundles(name, settings.platform),
      description: step.description,
      memoryMiB: settings.memory[name],
      timeout: step.timeout,
      reserved: settings.reserved[name],
      environment,
    });
    if (step.workers !== undefined && settings.trainingThreads !== undefined) {
      fn.lambda.addEnvironment('TRAINING_THREADS', String(settings.trainingThreads));
    }
    storage.grantObjects(fn, step.objects ?? {});
    storage.grantItems(fn, storage.tracking, step.tracking);
    storage.grantItems(fn, storage.registry, step.registry ?? {});
    storage.signing.grant(fn, step.signing ?? {});
    if (step.knowsAbsence) storage.grantKnowingAbsence(fn);
    return fn;
  }

  private addStateMachine(settings: Settings): StateMachine {
    const stateMachineName = resourceName(settings, 'TrainingPipeline');
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('states.amazonaws.com') });
    const functionArns = [...this.functions.values()].map((fn) => fn.lambda.functionArn);
    role.addToPolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: functionArns }));
    Validations.of(role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'Log deliveries and X-Ray segments have no resource to name; AWS documents * for both.',
    });
    if (settings.cleanMap === 'distributed') allowChildExecutions(role, stateMachineName);

    return new StateMachine(this, 'StateMachine', {
      stateMachineName,
      stateMachineType: StateMachineType.STANDARD,
      definitionBody: DefinitionBody.fromString(JSON.stringify(readDefinition(settings))),
      definitionSubstitutions: Object.fromEntries(
        [...this.functions].map(([name, fn]) => [`${name}FunctionArn`, fn.lambda.functionArn]),
      ),
      role,
      tracingEnabled: true,
      logs: {
        destination: new LogGroup(this, 'Logs', {
          logGroupName: `/aws/vendedlogs/states/${stateMachineName}`,
          retention: settings.logRetentionDays,
          removalPolicy: RemovalPolicy.DESTROY,
        }),
        // Every transition, for audit; no data, since an error's text may quote a patient's row.
        level: LogLevel.ALL,
        includeExecutionData: false,
      },
    });
  }

  private addStarts({ settings, storage }: PipelineProps): void {
    const start = (source: string) =>
      new SfnStateMachine(this.stateMachine, { input: RuleTargetInput.fromObject({ source, attempt: 1 }) });
    if (settings.schedule !== undefined) {
      new Rule(this, 'Schedule', {
        description: 'Starts the training pipeline on a schedule; an unchanged source ends it at once',
        schedule: Schedule.expression(settings.schedule.expression),
        targets: [start(settings.schedule.source)],
      });
    }
    if (settings.startOnUpload) {
      new Rule(this, 'Upload', {
        description: 'Starts the training pipeline for each file that arrives under incoming/',
        eventPattern: {
          source: ['aws.s3'],
          detailType: ['Object Created'],
          detail: { bucket: { name: [storage.bucket.bucketName] }, object: { key: [{ prefix: 'incoming/' }] } },
        },
        targets: [start(EventField.fromPath('$.detail.object.key'))],
      });
    }
  }
}

/** A distributed Map starts its items as executions of the same machine; by name, since its ARN is not known yet. */
function allowChildExecutions(role: Role, stateMachineName: string): void {
  const stack = Stack.of(role);
  const arn = (resource: string, resourceName: string) =>
    stack.formatArn({ service: 'states', resource, resourceName, arnFormat: ArnFormat.COLON_RESOURCE_NAME });
  const children = arn('execution', `${stateMachineName}/*`);
  role.addToPolicy(
    new PolicyStatement({ actions: ['states:StartExecution'], resources: [arn('stateMachine', stateMachineName)] }),
  );
  role.addToPolicy(
    new PolicyStatement({ actions: ['states:DescribeExecution', 'states:StopExecution'], resources: [children] }),
  );
  Validations.of(role).acknowledge({
    id: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution:${stateMachineName}/*]`,
    reason: 'The child executions of a distributed Map get their names when they start.',
  });
}
