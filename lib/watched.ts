// The deployed things that alarms and the dashboard look at.
import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { NodeFunction } from './node-function.ts';

export interface Watched {
  readonly stateMachine: StateMachine;
  readonly rest: RestApi;
  readonly predict: NodeFunction;
  readonly monitor: NodeFunction;
  readonly counters: TableV2;
}
