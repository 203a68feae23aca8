// Whom the alarms tell: a topic, encrypted with a key of its own, and the address that the context names.
import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import { resourceName } from './names.ts';
import type { Settings } from './settings.ts';

/** Without an address there is no topic: alarms then show on the dashboard alone. AWS asks the address to confirm once. */
export function addNotices(scope: Construct, settings: Settings, alarms: readonly Alarm[]): void {
  if (settings.alarmEmail === undefined) return;
  const key = new Key(scope, 'NoticesKey', {
    description: 'readmit: encrypts what alarms say on their way',
    enableKeyRotation: true,
  });
  // CloudWatch cannot use the key that AWS manages for SNS, so the topic needs one that lets it in.
  key.grantEncryptDecrypt(new ServicePrincipal('cloudwatch.amazonaws.com'));
  const topic = new Topic(scope, 'Notices', {
    topicName: resourceName(settings, 'Notices'),
    displayName: 'readmit',
    masterKey: key,
    enforceSSL: true,
  });
  topic.addSubscription(new EmailSubscription(settings.alarmEmail));
  for (const alarm of alarms) {
    alarm.addAlarmAction(new SnsAction(topic));
    alarm.addOkAction(new SnsAction(topic));
  }
}
