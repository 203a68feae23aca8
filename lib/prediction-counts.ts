// The monitor: CloudWatch Logs hands it the predict function's lines, it keeps their records and adds them to counters and sketches.
import { Duration, Validations } from 'aws-cdk-lib';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { FilterPattern, SubscriptionFilter } from 'aws-cdk-lib/aws-logs';
import { LambdaDestination } from 'aws-cdk-lib/aws-logs-destinations';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { Bundles } from './functions.ts';
import { NodeFunction } from './node-function.ts';
import type { Settings } from './settings.ts';
import type { Storage } from './storage.ts';

export interface PredictionCountsProps {
  readonly settings: Settings;
  readonly storage: Storage;
  readonly bundles: Bundles;
  readonly environment: Readonly<Record<string, string>>;
}

/** The function that counts, subscribed to the log of `predict`. It can touch its counters and records only. */
export function addPredictionCounts(
  scope: Construct,
  predict: NodeFunction,
  { settings, storage, bundles, environment }: PredictionCountsProps,
): NodeFunction {
  const monitor = new NodeFunction(scope, 'Monitor', {
    settings,
    bundle: bundles('Monitor', settings.platform),
    description: 'Counts predictions from their log lines and keeps their records',
    memoryMiB: settings.memory.Monitor,
    timeout: Duration.minutes(1),
    environment,
    reserved: settings.reserved.Monitor,
    // One invocation a handful of lines: a trace of each would cost more than the counting.
    traced: false,
  });
  storage.grantItems(monitor, storage.metrics, { add: ['delivery#*', 'counters#*', 'records#*', 'encounter#*'] });
  // What fails is delivered again for as long as Lambda can; a repetition counts once.
  monitor.lambda.configureAsyncInvoke({
    retryAttempts: 2,
    maxEventAge: Duration.hours(6),
    ...(settings.offline ? {} : { onFailure: new SqsDestination(uncounted(scope, monitor)) }),
  });
  new SubscriptionFilter(scope, 'PredictionLines', {
    logGroup: predict.logGroup,
    destination: new LambdaDestination(monitor.lambda),
    // Of the filter grammar the local engine knows plain terms only; the monitor reads nothing else in any case.
    filterPattern: settings.offline
      ? FilterPattern.allEvents()
      : FilterPattern.any(
          FilterPattern.stringValue('$.event', '=', 'prediction'),
          FilterPattern.stringValue('$.event', '=', 'request_error'),
        ),
  });
  return monitor;
}

/** Deliveries that failed three times wait here for two weeks, to be given to the monitor again by hand. */
function uncounted(scope: Construct, monitor: NodeFunction): Queue {
  const queue = new Queue(scope, 'Uncounted', {
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
  });
  Validations.of(queue).acknowledge({
    id: 'AwsSolutions-SQS3',
    reason: `It is itself the dead-letter queue, of ${monitor.node.id}.`,
  });
  return queue;
}
