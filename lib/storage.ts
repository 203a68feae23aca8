// Where data lives: one bucket for objects, three tables for facts, and who may touch which prefix or item.
import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { AttributeType, Billing, type ITableV2, TableEncryptionV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  CfnBucket,
  ObjectOwnership,
  StorageClass,
} from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { NodeFunction } from './node-function.ts';
import type { Settings } from './settings.ts';
import { Signing } from './signing.ts';

/** A part of the data bucket that a role can be given, e.g. `raw/`. */
export type Prefix =
  | 'incoming/'
  | 'raw/'
  | 'clean/'
  | 'clean/split=train/'
  | 'clean/split=validation/'
  | 'clean/split=test/'
  | 'profile/'
  | 'quarantine/'
  | 'runs/'
  | 'models/';

export interface ObjectAccess {
  readonly read?: readonly Prefix[];
  readonly write?: readonly Prefix[];
}

export interface ItemAccess {
  /** Partition keys that may be read, `*` as wildcard. */
  readonly read?: readonly string[];
  readonly write?: readonly string[];
  /** Partition keys whose items may be put and changed in place, in one transaction: counters, nothing else. */
  readonly add?: readonly string[];
}

export class Storage extends Construct {
  readonly bucket: Bucket;
  readonly tracking: TableV2;
  readonly registry: TableV2;
  readonly metrics: TableV2;
  readonly signing: Signing;

  constructor(scope: Construct, id: string, settings: Settings) {
    super(scope, id);
    // Kept when the stack goes, but not when its first deployment fails: what that leaves would be in the way of the next.
    const removalPolicy = settings.offline ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE;
    const secured = {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      // A local endpoint speaks plain HTTP on loopback, and one that enforces policies would refuse every request.
      enforceSSL: !settings.offline,
      removalPolicy,
    };
    const accessLogs = new Bucket(this, 'AccessLogs', {
      ...secured,
      lifecycleRules: [{ id: 'expire', expiration: Duration.days(90) }],
    });
    this.bucket = new Bucket(this, 'Data', {
      ...secured,
      versioned: true,
      serverAccessLogsBucket: accessLogs,
      serverAccessLogsPrefix: 'data/',
      lifecycleRules: [
        { id: 'abandoned-uploads', abortIncompleteMultipartUploadAfter: Duration.days(7) },
        { id: 'old-versions', noncurrentVersionExpiration: Duration.days(90) },
        // An uploaded file is cut into raw/ batches, which are kept; the file itself has done its work.
        { id: 'uploaded-files', prefix: 'incoming/', expiration: Duration.days(365) },
        // Rows of patients that did not fit: long enough to be corrected and given again.
        { id: 'set-aside', prefix: 'quarantine/', expiration: Duration.days(365) },
        // Written before predictions had records; they go as was promised.
        { id: 'prediction-log', prefix: 'predictions/', expiration: Duration.days(400) },
        // Each retraining reads all clean rows, but raw ones only once; objects below 128 KB stay where they are.
        ...(settings.offline
          ? []
          : [
              {
                id: 'raw-batches',
                prefix: 'raw/',
                transitions: [
                  { storageClass: StorageClass.GLACIER_INSTANT_RETRIEVAL, transitionAfter: Duration.days(90) },
                ],
              },
            ]),
      ],
    });
    this.signing = new Signing(this, 'Signing', { settings, secured, accessLogs });
    if (settings.offline) acknowledgePlainHttp(accessLogs, this.bucket, this.signing.bucket);
    if (settings.startOnUpload) sendEventsToEventBridge(this.bucket);

    const table = (name: string, expires = false) =>
      new TableV2(this, name, {
        partitionKey: { name: 'pk', type: AttributeType.STRING },
        sortKey: { name: 'sk', type: AttributeType.STRING },
        billing: Billing.onDemand(),
        encryption: TableEncryptionV2.awsManagedKey(),
        pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
        deletionProtection: settings.protect,
        removalPolicy,
        ...(expires ? { timeToLiveAttribute: 'expires_at' } : {}),
      });
    this.tracking = table('Tracking');
    this.registry = table('Registry');
    this.metrics = table('Metrics', true);
  }

  /** The settings that every function needs to find its storage. */
  get environment(): Readonly<Record<string, string>> {
    return {
      DATA_BUCKET: this.bucket.bucketName,
      TRACKING_TABLE: this.tracking.tableName,
      REGISTRY_TABLE: this.registry.tableName,
      METRICS_TABLE: this.metrics.tableName,
    };
  }

  /** Lets a function read and write objects under these prefixes and nowhere else; nobody may delete. */
  grantObjects(fn: NodeFunction, { read = [], write = [] }: ObjectAccess): void {
    const arns = (prefixes: readonly Prefix[]) => prefixes.map((prefix) => this.bucket.arnForObjects(`${prefix}*`));
    if (read.length > 0) fn.allow(['s3:GetObject'], arns(read));
    if (write.length > 0) fn.allow(['s3:PutObject'], arns(write));
    const bucketId = Stack.of(this).getLogicalId(resourceOf(this.bucket));
    for (const prefix of new Set([...read, ...write])) {
      Validations.of(fn.role).acknowledge({
        id: `AwsSolutions-IAM5[Resource::<${bucketId}.Arn>/${prefix}*]`,
        reason: `Keys under ${prefix} hold batch ids and hashes that exist only at run time; the prefix is the boundary.`,
      });
    }
  }

  /**
   * Lets a function tell an absent object from a forbidden one: without it S3 answers 403 for a missing key.
   * Shows key names only; the keys hold no personal data.
   */
  grantKnowingAbsence(fn: NodeFunction): void {
    fn.allow(['s3:ListBucket'], [this.bucket.bucketArn]);
  }

  /** Lets a function read and write items whose partition key fits; nobody may delete, so history stays. */
  grantItems(fn: NodeFunction, table: ITableV2, { read = [], write = [], add = [] }: ItemAccess): void {
    const keys = (patterns: readonly string[]) => ({
      'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [...patterns] },
    });
    if (read.length > 0) fn.allow(['dynamodb:GetItem', 'dynamodb:Query'], [table.tableArn], keys(read));
    if (write.length > 0) fn.allow(['dynamodb:PutItem'], [table.tableArn], keys(write));
    // AWS does not say whether the leading keys of a transaction are those of each item or of all: so both actions get all.
    if (add.length > 0) fn.allow(['dynamodb:PutItem', 'dynamodb:UpdateItem'], [table.tableArn], keys(add));
  }
}

function acknowledgePlainHttp(...buckets: readonly Bucket[]): void {
  for (const bucket of buckets) {
    Validations.of(bucket).acknowledge({
      id: 'AwsSolutions-S10',
      reason: 'Offline only: the endpoint is plain HTTP on the loopback interface. On AWS the policy refuses it.',
    });
  }
}

/** By the bucket's own property: CDK's eventBridgeEnabled would add a custom resource with a Lambda for it. */
function sendEventsToEventBridge(bucket: Bucket): void {
  resourceOf(bucket).notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } };
}

function resourceOf(bucket: Bucket): CfnBucket {
  const resource = bucket.node.defaultChild;
  if (!(resource instanceof CfnBucket)) throw new TypeError(`${bucket.node.path} holds no AWS::S3::Bucket`);
  return resource;
}
