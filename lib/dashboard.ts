// The CloudWatch dashboard: the API, the predictions, the pipeline, and whether the counting keeps up.
import { Duration } from 'aws-cdk-lib';
import {
  type Alarm,
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IMetric,
  MathExpression,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { resourceName } from './names.ts';
import type { Settings } from './settings.ts';
import type { Watched } from './watched.ts';

const period = Duration.minutes(5);

export function addDashboard(scope: Construct, settings: Settings, watched: Watched, alarms: Alarm[]): Dashboard {
  const { stateMachine, rest, predict, monitor, counters } = watched;
  const dashboard = new Dashboard(scope, 'Dashboard', {
    dashboardName: resourceName(settings, 'Dashboard'),
    defaultInterval: Duration.hours(6),
  });
  dashboard.addWidgets(
    new TextWidget({ markdown: '# readmit\nPrediction of 30-day hospital readmission', width: 6, height: 4 }),
    new AlarmStatusWidget({ title: 'Alarms', alarms, width: 18, height: 4 }),
  );
  dashboard.addWidgets(
    graph('Requests', [
      rest.metricCount({ period }),
      rest.metricClientError({ period }),
      rest.metricServerError({ period }),
    ]),
    graph('Latency of the API, ms', [
      rest.metricLatency({ period, statistic: 'p50' }),
      rest.metricLatency({ period, statistic: 'p99' }),
    ]),
    graph('Predictions by class', [
      byVersion(settings, 'class_0', 'Sum', 'low risk'),
      byVersion(settings, 'class_1', 'Sum', 'high risk'),
    ]),
  );
  dashboard.addWidgets(
    graph('Time in the predict function, ms', [
      byVersion(settings, 'duration_ms', 'p50', 'p50'),
      byVersion(settings, 'duration_ms', 'p99', 'p99'),
    ]),
    graph('Predict function', [
      predict.lambda.metricErrors({ period }),
      predict.lambda.metricThrottles({ period }),
      predict.lambda.metric('ConcurrentExecutions', { period, statistic: 'Maximum' }),
    ]),
    graph('Training executions', [
      stateMachine.metricSucceeded({ period }),
      stateMachine.metricFailed({ period }),
      stateMachine.metricTimedOut({ period }),
    ]),
  );
  dashboard.addWidgets(
    graph('Counting', [
      monitor.lambda.metricInvocations({ period }),
      monitor.lambda.metricErrors({ period }),
      monitor.lambda.metric('AsyncEventAge', { period, statistic: 'Maximum' }),
    ]),
    graph('Writes of the counters', [counters.metricConsumedWriteCapacityUnits({ period })]),
  );
  return dashboard;
}

function graph(title: string, left: IMetric[]): GraphWidget {
  return new GraphWidget({ title, left, width: 8, height: 6, leftYAxis: { min: 0 } });
}

/** A metric of the prediction lines (embedded metric format), a curve for each model version that this environment had. */
function byVersion({ environment }: Settings, metricName: string, statistic: string, label: string): MathExpression {
  return new MathExpression({
    expression: `SEARCH('{Readmit,environment,model_version} MetricName="${metricName}" environment="${environment}"', '${statistic}', 300)`,
    label,
    period,
  });
}
