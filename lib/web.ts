// The page on AWS: a private bucket behind CloudFront, with strict headers, and the one file that tells it its API.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CfnOutput, Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import {
  Distribution,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  HttpVersion,
  PriceClass,
  ResponseHeadersPolicy,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { BlockPublicAccess, Bucket, BucketEncryption, CfnBucket, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, CacheControl, Source } from 'aws-cdk-lib/aws-s3-deployment';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { stackName } from './names.ts';
import { ROOT } from './root.ts';
import type { Settings } from './settings.ts';

export interface WebStackProps {
  readonly settings: Settings;
  readonly api: RestApi;
  readonly stateMachine: StateMachine;
  /** The built page. */
  readonly directory?: string;
}

const BUILT = join(ROOT, 'frontend', 'dist');

/** A stack of its own: the page is deployed and taken down without touching data or API. */
export class WebStack extends Stack {
  constructor(scope: Construct, props: WebStackProps) {
    const { settings, api, stateMachine, directory = BUILT } = props;
    const name = `${stackName(settings)}-web`;
    super(scope, name, {
      stackName: name,
      description: 'readmit: the web page',
      tags: { project: 'readmit', environment: settings.environment },
    });
    if (!existsSync(join(directory, 'index.html'))) throw new PageNotBuiltError(directory);
    const secured = {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_PREFERRED,
      enforceSSL: true,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    };
    const logs = new Bucket(this, 'AccessLogs', {
      ...secured,
      lifecycleRules: [{ id: 'expire', expiration: Duration.days(90) }],
    });
    const bucket = new Bucket(this, 'Page', {
      ...secured,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      serverAccessLogsBucket: logs,
      serverAccessLogsPrefix: 'page/',
    });
    const distribution = new Distribution(this, 'Distribution', {
      comment: name,
      defaultRootObject: 'index.html',
      defaultBehavior: {
        origin: S3BucketOrigin.withOriginAccessControl(bucket),
        viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        responseHeadersPolicy: strictHeaders(this, originOf(api)),
        compress: true,
      },
      httpVersion: HttpVersion.HTTP2_AND_3,
      priceClass: PriceClass.PRICE_CLASS_100,
      enableLogging: true,
      logBucket: logs,
      logFilePrefix: 'cloudfront/',
    });
    acknowledgeDistribution(distribution);
    deployFiles(this, { bucket, distribution, directory, api, stateMachine });
    new CfnOutput(this, 'WebUrl', { value: `https://${distribution.distributionDomainName}` });
  }
}

const originOf = (api: RestApi) =>
  `https://${api.restApiId}.execute-api.${Stack.of(api).region}.${Stack.of(api).urlSuffix}`;

/** Nothing inline, no other host than the API, no frame; the browser keeps all of it for two years. */
function strictHeaders(scope: Construct, api: string): ResponseHeadersPolicy {
  return new ResponseHeadersPolicy(scope, 'Headers', {
    securityHeadersBehavior: {
      contentSecurityPolicy: {
        contentSecurityPolicy: [
          "default-src 'self'",
          "img-src 'self' data:",
          `connect-src 'self' ${api}`,
          "object-src 'none'",
          "base-uri 'none'",
          "frame-ancestors 'none'",
          "form-action 'self'",
        ].join('; '),
        override: true,
      },
      contentTypeOptions: { override: true },
      frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
      referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: true },
      strictTransportSecurity: { accessControlMaxAge: Duration.days(730), includeSubdomains: true, override: true },
    },
    customHeadersBehavior: {
      customHeaders: [
        { header: 'permissions-policy', value: 'camera=(), geolocation=(), microphone=()', override: true },
        { header: 'cross-origin-opener-policy', value: 'same-origin', override: true },
      ],
    },
  });
}

interface Files {
  readonly bucket: Bucket;
  readonly distribution: Distribution;
  readonly directory: string;
  readonly api: RestApi;
  readonly stateMachine: StateMachine;
}

function deployFiles(stack: WebStack, { bucket, distribution, directory, api, stateMachine }: Files): void {
  const { stageName } = api.deploymentStage;
  const config = { api: `${originOf(api)}/${stageName}`, machine: stateMachine.stateMachineArn };
  // Names under assets/ hold a hash of their content: they never change. The rest is asked for each time.
  const assets = new BucketDeployment(stack, 'Assets', {
    sources: [Source.asset(directory, { exclude: ['*.html', '*.json', '*.svg'] })],
    destinationBucket: bucket,
    prune: false,
    cacheControl: [CacheControl.fromString('public, max-age=31536000, immutable')],
  });
  const index = new BucketDeployment(stack, 'Index', {
    sources: [
      Source.asset(directory, { exclude: ['assets/*', 'config.json'] }),
      Source.jsonData('config.json', config),
    ],
    destinationBucket: bucket,
    prune: false,
    distribution,
    distributionPaths: ['/index.html', '/config.json', '/favicon.svg'],
    cacheControl: [CacheControl.noCache()],
  });
  index.node.addDependency(assets); // the new index names the new assets
  acknowledgeUploader(stack, assets, bucket);
}

/** CDK's own function that copies the built files; it runs only while the page is deployed. */
function acknowledgeUploader(stack: WebStack, deployment: BucketDeployment, bucket: Bucket): void {
  const uploader = deployment.handlerRole.node.scope;
  const resource = bucket.node.defaultChild;
  if (uploader === undefined || !(resource instanceof CfnBucket)) return;
  const reason = "CDK's BucketDeployment decides these; its function runs only while the page is deployed.";
  const assets = 'arn:<AWS::Partition>:s3:::cdk-hnb659fds-assets-<AWS::AccountId>-<AWS::Region>/*';
  const wildcards = [
    ...['s3:GetBucket*', 's3:GetObject*', 's3:List*', 's3:Abort*', 's3:DeleteObject*'].map((name) => `Action::${name}`),
    ...[assets, `<${stack.getLogicalId(resource)}.Arn>/*`, '*'].map((name) => `Resource::${name}`),
  ];
  Validations.of(uploader).acknowledge(
    { id: 'AwsSolutions-L1', reason },
    {
      id: 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]',
      reason,
    },
    ...wildcards.map((wildcard) => ({ id: `AwsSolutions-IAM5[${wildcard}]`, reason })),
  );
}

function acknowledgeDistribution(distribution: Distribution): void {
  Validations.of(distribution).acknowledge(
    { id: 'AwsSolutions-CFR1', reason: 'Patients and staff travel; the page holds no data, the API asks for a token.' },
    { id: 'AwsSolutions-CFR2', reason: 'Static files only: there is nothing behind them that a WAF would protect.' },
    {
      id: 'AwsSolutions-CFR4',
      reason: 'The default certificate of cloudfront.net; who brings a domain brings TLS 1.2.',
    },
  );
}

export class PageNotBuiltError extends Error {
  override readonly name = 'PageNotBuiltError';
  constructor(directory: string) {
    super(`there is no built page in ${directory}: run npx vite build frontend, then deploy again`);
  }
}
