// Alarms for those who stay on AWS: each says what is wrong in words, and what to look at.
import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { resourceName } from './names.ts';
import type { NodeFunction } from './node-function.ts';
import type { Settings } from './settings.ts';
import type { Watched } from './watched.ts';

interface AlarmSpec {
  readonly metric: IMetric;
  readonly threshold: number;
  readonly text: string;
  readonly periods?: number;
  /** A percentile of a handful of requests is one request: too few keep the alarm as it is. */
  readonly needsSample?: true;
}

const PERIOD = Duration.minutes(5);

export function addAlarms(scope: Construct, settings: Settings, watched: Watched): Alarm[] {
  return Object.entries(specs(watched)).map(
    ([name, { metric, threshold, text, periods = 1, needsSample }]) =>
      new Alarm(scope, name, {
        alarmName: resourceName(settings, name),
        alarmDescription: text,
        metric,
        threshold,
        evaluationPeriods: periods,
        comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        treatMissingData: TreatMissingData.NOT_BREACHING,
        ...(needsSample ? { evaluateLowSampleCountPercentile: 'ignore' } : {}),
      }),
  );
}

function specs({ stateMachine, rest, predict, monitor }: Watched): Readonly<Record<string, AlarmSpec>> {
  const errors = (fn: NodeFunction) => fn.lambda.metricErrors({ period: PERIOD });
  return {
    PipelineFailed: {
      metric: stateMachine.metricFailed({ period: PERIOD }),
      threshold: 1,
      text: 'A training execution failed; its error is in the Tracking table and in the execution. The champion still serves.',
    },
    PipelineTimedOut: {
      metric: stateMachine.metricTimedOut({ period: PERIOD }),
      threshold: 1,
      text: 'A training execution ran into its time limit; look for the slow state in its history.',
    },
    ApiServerErrors: {
      metric: rest.metricServerError({ period: PERIOD, statistic: 'Sum' }),
      threshold: 5,
      text: 'The API answered with server errors; look at the function logs by request id.',
    },
    ApiSlow: {
      metric: rest.metricLatency({ period: PERIOD, statistic: 'p99' }),
      threshold: 2000,
      periods: 3,
      needsSample: true,
      text: 'One answer in a hundred takes longer than 2 s for a quarter of an hour; look for cold starts and throttles.',
    },
    PredictThrottled: {
      metric: predict.lambda.metricThrottles({ period: PERIOD }),
      threshold: 1,
      text: 'Lambda turned predictions away; raise the account concurrency or reserve some for this function.',
    },
    MonitorFailed: {
      metric: errors(monitor),
      threshold: 3,
      text: 'Predictions are answered but not counted: Lambda tries each delivery three times. Look at the monitor log.',
    },
  };
}
