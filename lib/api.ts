// The HTTPS API: a REST API whose routes call the API functions through Lambda proxy integrations.
import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import {
  AccessLogFormat,
  AuthorizationType,
  Cors,
  EndpointType,
  LambdaIntegration,
  LogGroupLogDestination,
  MethodLoggingLevel,
  type MethodOptions,
  RestApi,
  TokenAuthorizer,
} from 'aws-cdk-lib/aws-apigateway';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { deployedMethods, takesToken } from '../lambdas/core/access/rights.ts';
import { type ApiFunction, ROUTES } from '../lambdas/core/routes/table.ts';
import { type ApiFunctionsProps, addApiFunction } from './api-functions.ts';
import { addGatewayResponses } from './gateway-responses.ts';
import { resourceName } from './names.ts';
import type { NodeFunction } from './node-function.ts';
import type { Settings } from './settings.ts';
import { addWrongMethods } from './wrong-methods.ts';

/** The stage's name, the first part of every path on AWS. */
export const STAGE = 'v1';

export class Api extends Construct {
  readonly rest: RestApi;
  readonly functions: ReadonlyMap<ApiFunction, NodeFunction>;
  readonly authorizer: NodeFunction;

  constructor(scope: Construct, id: string, props: ApiFunctionsProps) {
    super(scope, id);
    const names = new Set(ROUTES.map((route) => route.function));
    this.functions = new Map([...names].map((name) => [name, addApiFunction(this, name, props)]));
    this.authorizer = addApiFunction(this, 'Authorizer', props);
    this.rest = this.addRestApi(props.settings);
    addGatewayResponses(this.rest);
    this.addRoutes(props.settings);
    addWrongMethods(this.rest, ROUTES);
  }

  private addRestApi(settings: Settings): RestApi {
    const restApiName = resourceName(settings, 'Api');
    const rest = new RestApi(this, 'Rest', {
      restApiName,
      description: 'Prediction of 30-day hospital readmission',
      endpointTypes: [EndpointType.REGIONAL],
      // The account-wide role that lets API Gateway write logs; an account has one, so it outlives this stack.
      cloudWatchRole: !settings.offline,
      ...(settings.offline ? {} : { cloudWatchRoleRemovalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE }),
      // Tokens travel in a header and never in cookies, so any page may ask.
      defaultCorsPreflightOptions: {
        allowOrigins: Cors.ALL_ORIGINS,
        allowMethods: ['GET', 'HEAD', 'POST', 'OPTIONS'],
        allowHeaders: ['authorization', 'content-type'],
        maxAge: Duration.hours(1),
      },
      deployOptions: {
        stageName: STAGE,
        tracingEnabled: true,
        metricsEnabled: settings.methodMetrics,
        loggingLevel: MethodLoggingLevel.ERROR,
        // Bodies are encounters of patients: they never go to a log.
        dataTraceEnabled: false,
        throttlingRateLimit: 500,
        throttlingBurstLimit: 1000,
        accessLogDestination: new LogGroupLogDestination(
          new LogGroup(this, 'AccessLogs', {
            logGroupName: `/aws/vendedlogs/apigateway/${restApiName}`,
            retention: settings.logRetentionDays,
            removalPolicy: RemovalPolicy.DESTROY,
          }),
        ),
        accessLogFormat: AccessLogFormat.jsonWithStandardFields(),
      },
    });
    Validations.of(rest).acknowledge(
      {
        id: 'AwsSolutions-APIG2',
        reason: 'Bodies are validated by the zod schema in the function, which names each wrong field (RFC 9457).',
      },
      {
        id: 'AwsSolutions-APIG3',
        reason: 'A WAF costs a fixed sum a month; who exposes the API beyond a hospital network attaches one.',
      },
      {
        id: 'AwsSolutions-COG4',
        reason: 'Callers are systems with bearer tokens, checked by the Lambda authorizer; there is no user pool.',
      },
      {
        id: 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]',
        reason: 'The account-wide logging role of API Gateway; AWS maintains this policy for it.',
      },
    );
    return rest;
  }

  private addRoutes({ auth }: Settings): void {
    const authorizer = new TokenAuthorizer(this, 'TokenAuthorizer', {
      handler: this.authorizer.lambda,
      resultsCacheTtl: Duration.minutes(1),
    });
    const byToken: MethodOptions = { authorizationType: AuthorizationType.CUSTOM, authorizer };
    const open: MethodOptions = { authorizationType: AuthorizationType.NONE };
    for (const [name, fn] of this.functions) {
      const integration = new LambdaIntegration(fn.lambda, { allowTestInvoke: false });
      for (const { method, path, scope } of ROUTES.filter((route) => route.function === name)) {
        const asksToken = takesToken(scope, auth);
        for (const deployed of deployedMethods(method)) {
          const added = this.rest.root
            .resourceForPath(path)
            .addMethod(deployed, integration, asksToken ? byToken : open);
          if (asksToken) continue;
          Validations.of(added).acknowledge({
            id: 'AwsSolutions-APIG4',
            reason: `Open on purpose: its scope is ${scope} (lambdas/core/routes) and the auth setting is ${auth}.`,
          });
        }
      }
    }
  }
}
