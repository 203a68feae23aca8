// Seeing it run: the function that counts predictions, and alarms and a dashboard for those who stay on AWS.
import { Construct } from 'constructs';
import { addAlarms } from './alarms.ts';
import type { Api } from './api.ts';
import { addDashboard } from './dashboard.ts';
import type { NodeFunction } from './node-function.ts';
import { addNotices } from './notices.ts';
import type { Pipeline } from './pipeline.ts';
import { addPredictionCounts, type PredictionCountsProps } from './prediction-counts.ts';
import { addTraceSampling } from './trace-sampling.ts';

export interface MonitoringProps extends PredictionCountsProps {
  readonly pipeline: Pipeline;
  readonly api: Api;
}

export class Monitoring extends Construct {
  readonly monitor: NodeFunction;

  constructor(scope: Construct, id: string, props: MonitoringProps) {
    super(scope, id);
    const { settings, storage, pipeline, api } = props;
    const predict = api.functions.get('Predict');
    if (predict === undefined) throw new TypeError('the API has no Predict function to watch');
    this.monitor = addPredictionCounts(this, predict, props);
    const { stateMachine } = pipeline;
    const watched = { stateMachine, rest: api.rest, predict, monitor: this.monitor, counters: storage.metrics };
    const alarms = addAlarms(this, settings, watched);
    addNotices(this, settings, alarms);
    addDashboard(this, settings, watched, alarms);
    addTraceSampling(this, settings);
  }
}
