// Alarms for those who stay on AWS: each says what is wrong in words, and what to look at.
import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { Api } from './api.ts';
import { resourceName } from './names.ts';
import type { Pipeline } from './pipeline.ts';
import type { Settings } from './settings.ts';

export interface MonitoringProps {
  readonly settings: Settings;
  readonly pipeline: Pipeline;
  readonly api: Api;
}

interface AlarmSpec {
  readonly metric: IMetric;
  readonly threshold: number;
  readonly text: string;
  readonly periods?: number;
}

export class Monitoring extends Construct {
  constructor(scope: Construct, id: string, { settings, pipeline, api }: MonitoringProps) {
    super(scope, id);
    const period = Duration.minutes(5);
    const { stateMachine } = pipeline;
    const alarms: Readonly<Record<string, AlarmSpec>> = {
      PipelineFailed: {
        metric: stateMachine.metricFailed({ period }),
        threshold: 1,
        text: 'A training execution failed; its error is in the Tracking table and in the execution. The champion still serves.',
      },
      PipelineTimedOut: {
        metric: stateMachine.metricTimedOut({ period }),
        threshold: 1,
        text: 'A training execution ran into its time limit; look for the slow state in its history.',
      },
      ApiServerErrors: {
        metric: api.rest.metricServerError({ period, statistic: 'Sum' }),
        threshold: 5,
        text: 'The API answered with server errors; look at the function logs by request id.',
      },
      ApiSlow: {
        metric: api.rest.metricLatency({ period, statistic: 'p99' }),
        threshold: 2000,
        periods: 3,
        text: 'One answer in a hundred takes longer than 2 s for a quarter of an hour; look for cold starts and throttles.',
      },
    };
    for (const [name, { metric, threshold, text, periods = 1 }] of Object.entries(alarms)) {
      new Alarm(this, name, {
        alarmName: resourceName(settings, name),
        alarmDescription: text,
        metric,
        threshold,
        evaluationPeriods: periods,
        comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        treatMissingData: TreatMissingData.NOT_BREACHING,
      });
    }
  }
}
