// The stack: composes the constructs and names what people and scripts need to find.
import { CfnOutput, CliCredentialsStackSynthesizer, Stack } from 'aws-cdk-lib';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { Api } from './api.ts';
import type { Bundles } from './functions.ts';
import { Monitoring } from './monitoring.ts';
import { stackName } from './names.ts';
import { Pipeline } from './pipeline.ts';
import type { Settings } from './settings.ts';
import { Storage } from './storage.ts';

export interface ReadmitStackProps {
  readonly settings: Settings;
  readonly bundles: Bundles;
}

export class ReadmitStack extends Stack {
  readonly api: Api;
  readonly stateMachine: StateMachine;

  constructor(scope: Construct, { settings, bundles }: ReadmitStackProps) {
    const name = stackName(settings);
    super(scope, name, {
      stackName: name,
      description: 'readmit: served, audited prediction of 30-day hospital readmission',
      terminationProtection: settings.protect,
      tags: { project: 'readmit', environment: settings.environment },
      // A local endpoint that enforces IAM refuses the bootstrap's roles: deploy as the caller there.
      ...(settings.offline ? { synthesizer: new CliCredentialsStackSynthesizer() } : {}),
    });
    const storage = new Storage(this, 'Storage', settings);
    const environment = { ...storage.environment, ENVIRONMENT: settings.environment, AUTH_MODE: settings.auth };
    const pipeline = new Pipeline(this, 'Pipeline', { settings, storage, bundles, environment });
    const { stateMachine } = pipeline;
    const api = new Api(this, 'Api', { settings, storage, bundles, stateMachine, environment });
    const { monitor } = new Monitoring(this, 'Monitoring', { settings, storage, bundles, environment, pipeline, api });

    this.api = api;
    this.stateMachine = stateMachine;

    const functions = [
      ...pipeline.functions,
      ...api.functions,
      ['Authorizer', api.authorizer] as const,
      ['Monitor', monitor] as const,
    ];
    const outputs: Readonly<Record<string, string>> = {
      ApiUrl: api.rest.url,
      ApiId: api.rest.restApiId,
      DataBucketName: storage.bucket.bucketName,
      CheckpointBucketName: storage.signing.bucket.bucketName,
      TrackingTableName: storage.tracking.tableName,
      RegistryTableName: storage.registry.tableName,
      MetricsTableName: storage.metrics.tableName,
      StateMachineArn: stateMachine.stateMachineArn,
      FunctionNames: this.toJsonString(Object.fromEntries(functions.map(([id, fn]) => [id, fn.lambda.functionName]))),
    };
    for (const [id, value] of Object.entries(outputs)) new CfnOutput(this, id, { value });
  }
}
