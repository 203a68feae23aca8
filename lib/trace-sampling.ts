// How many requests X-Ray follows: its own default, one a second and 5 % of the rest, costs more than the predictions.
import { CfnSamplingRule } from 'aws-cdk-lib/aws-xray';
import type { Construct } from 'constructs';
import { resourceName } from './names.ts';
import type { Settings } from './settings.ts';

const SHARE = 0.01;

/** One request in a hundred of this environment's API; a failed one is found by its request_id in the logs all the same. */
export function addTraceSampling(scope: Construct, settings: Settings): void {
  if (settings.offline) return; // the local cloud keeps no traces
  new CfnSamplingRule(scope, 'TraceSampling', {
    samplingRule: {
      ruleName: resourceName(settings, 'Requests'),
      version: 1,
      priority: 1000,
      reservoirSize: 0,
      fixedRate: SHARE,
      // API Gateway names the service API/STAGE; it decides, and the functions behind it follow.
      serviceName: `${resourceName(settings, 'Api')}/*`,
      serviceType: '*',
      host: '*',
      httpMethod: '*',
      urlPath: '*',
      resourceArn: '*',
    },
  });
}
