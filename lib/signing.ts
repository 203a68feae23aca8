// What the ledger's claims rest on: the keys that sign models and checkpoints, and the bucket that keeps checkpoints as they are.
import { Duration, type RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import { Bucket, type BucketProps, CfnBucket, type IBucket, ObjectLockRetention } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { stackName } from './names.ts';
import type { NodeFunction } from './node-function.ts';
import type { Settings } from './settings.ts';

export interface SigningUse {
  /** Sign models, or know the key that does. */
  readonly models?: 'sign' | 'verify';
  /** Sign and keep checkpoints of the ledger, or look whether there are some. */
  readonly checkpoints?: 'sign' | 'look';
}

export interface SigningProps {
  readonly settings: Settings;
  readonly secured: BucketProps & { readonly removalPolicy: RemovalPolicy };
  readonly accessLogs: IBucket;
}

/** How long nobody may delete a checkpoint but who may bypass governance; none of the functions may. */
const KEPT = Duration.days(3650);

export class Signing extends Construct {
  readonly bucket: Bucket;
  readonly #models: Reference | null;
  readonly #checkpoints: Reference | null;
  readonly #origin: string;

  constructor(scope: Construct, id: string, { settings, secured, accessLogs }: SigningProps) {
    super(scope, id);
    this.#origin = stackName(settings);
    this.bucket = new Bucket(this, 'Checkpoints', {
      ...secured,
      versioned: true,
      objectLockEnabled: true,
      objectLockDefaultRetention: ObjectLockRetention.governance(KEPT),
      serverAccessLogsBucket: accessLogs,
      serverAccessLogsPrefix: 'checkpoints/',
    });
    if (settings.offline) {
      const file = (name: string) =>
        settings.signingKeys === undefined ? null : { text: `file:${settings.signingKeys}/${name}`, arn: null };
      [this.#models, this.#checkpoints] = [file('model'), file('checkpoint')];
      return;
    }
    this.#onlyNewKeys();
    const key = (name: string, keySpec: KeySpec, description: string): Reference => {
      const { removalPolicy } = secured;
      const made = new Key(this, name, { keySpec, keyUsage: KeyUsage.SIGN_VERIFY, description, removalPolicy });
      return { text: made.keyArn, arn: made.keyArn };
    };
    // model-signing takes ECDSA keys, signed notes take Ed25519.
    this.#models = key('ModelKey', KeySpec.ECC_NIST_P256, 'Signs models');
    this.#checkpoints = key('CheckpointKey', KeySpec.ECC_NIST_EDWARDS25519, 'Signs checkpoints of the ledger');
  }

  /** Gives a function the keys and the bucket that it needs, and their names in its environment. */
  grant(fn: NodeFunction, { models, checkpoints }: SigningUse): void {
    if (models !== undefined) allowKey(fn, 'MODEL_KEY', this.#models, models === 'sign');
    if (checkpoints === undefined) return;
    fn.lambda.addEnvironment('CHECKPOINT_BUCKET', this.bucket.bucketName);
    fn.lambda.addEnvironment('LOG_ORIGIN', this.#origin);
    fn.allow(['s3:ListBucket'], [this.bucket.bucketArn]);
    if (checkpoints === 'look') return;
    allowKey(fn, 'CHECKPOINT_KEY', this.#checkpoints, true);
    fn.allow(['s3:GetObject', 's3:PutObject'], [this.bucket.arnForObjects('*')]);
    const resource = this.bucket.node.defaultChild;
    if (!(resource instanceof CfnBucket)) throw new TypeError(`${this.bucket.node.path} holds no AWS::S3::Bucket`);
    Validations.of(fn.role).acknowledge({
      id: `AwsSolutions-IAM5[Resource::<${Stack.of(this).getLogicalId(resource)}.Arn>/*]`,
      reason: 'The bucket holds checkpoints and nothing else; their keys name sizes that exist only at run time.',
    });
  }

  /** A lock keeps an old version, but a new one could stand before it: nobody writes a key that is taken. */
  #onlyNewKeys(): void {
    this.bucket.addToResourcePolicy(
      new PolicyStatement({
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions: ['s3:PutObject'],
        resources: [this.bucket.arnForObjects('*')],
        conditions: { Null: { 's3:if-none-match': 'true' } },
      }),
    );
  }
}

interface Reference {
  readonly text: string;
  /** Null for a file. */
  readonly arn: string | null;
}

function allowKey(fn: NodeFunction, name: string, key: Reference | null, signs: boolean): void {
  if (key === null) return;
  fn.lambda.addEnvironment(name, key.text);
  if (key.arn !== null) fn.allow(signs ? ['kms:GetPublicKey', 'kms:Sign'] : ['kms:GetPublicKey'], [key.arn]);
}
