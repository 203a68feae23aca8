// The one way to make a Lambda here: Node 24, one ESM bundle, its own role, its own log group, traced.
import { type Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { AssetHashType } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Bundle } from './bundle.ts';
import { resourceName } from './names.ts';
import type { Settings } from './settings.ts';

export interface NodeFunctionProps {
  readonly settings: Settings;
  readonly bundle: Bundle;
  readonly description: string;
  readonly memoryMiB: number;
  readonly timeout: Duration;
  readonly environment: Readonly<Record<string, string>>;
  /** Stack traces in terms of the sources, at the price of reading the maps while starting. True when absent. */
  readonly sourceMaps?: boolean;
  /** X-Ray traces of a sample of its invocations (lib/tracing.ts says how many). True when absent. */
  readonly traced?: boolean;
  /** Executions that are kept for it alone; absent, it shares what the account has. */
  readonly reserved?: number | undefined;
}

export class NodeFunction extends Construct {
  readonly lambda: LambdaFunction;
  readonly role: Role;
  readonly logGroup: LogGroup;

  constructor(scope: Construct, id: string, props: NodeFunctionProps) {
    super(scope, id);
    const { settings, bundle, sourceMaps = true } = props;
    const functionName = resourceName(settings, id);
    this.logGroup = new LogGroup(this, 'Logs', {
      logGroupName: `/aws/lambda/${functionName}`,
      retention: settings.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    this.logGroup.grantWrite(this.role);
    this.lambda = new LambdaFunction(this, 'Function', {
      functionName,
      description: props.description,
      runtime: Runtime.NODEJS_24_X,
      architecture: settings.arch === 'arm64' ? Architecture.ARM_64 : Architecture.X86_64,
      handler: 'index.handler',
      code: Code.fromAsset(bundle.directory, { assetHash: bundle.hash, assetHashType: AssetHashType.CUSTOM }),
      memorySize: props.memoryMiB,
      timeout: props.timeout,
      role: this.role,
      logGroup: this.logGroup,
      loggingFormat: LoggingFormat.TEXT, // the handlers write their own JSON lines
      tracing: props.traced === false ? Tracing.DISABLED : Tracing.ACTIVE,
      ...(props.reserved === undefined ? {} : { reservedConcurrentExecutions: props.reserved }),
      environment: { ...props.environment, ...(sourceMaps ? { NODE_OPTIONS: '--enable-source-maps' } : {}) },
    });
    if (props.traced === false) return;
    Validations.of(this.role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'X-Ray takes trace segments on no narrower resource than *; it is the only statement with it.',
    });
  }

  /** Lets the function do exactly these actions on exactly these resources. */
  allow(
    actions: readonly string[],
    resources: readonly string[],
    conditions: Readonly<Record<string, object>> = {},
  ): void {
    this.role.addToPrincipalPolicy(
      new PolicyStatement({ actions: [...actions], resources: [...resources], conditions: { ...conditions } }),
    );
  }
}
