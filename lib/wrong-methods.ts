// What a path answers to methods that none of its routes has: 405 and the methods that there are (RFC 9110, 15.5.6).
import { Validations } from 'aws-cdk-lib';
import { AuthorizationType, MockIntegration, PassthroughBehavior, type RestApi } from 'aws-cdk-lib/aws-apigateway';
import { deployedMethods } from '../lambdas/core/access/rights.ts';
import { PROBLEM_MEDIA_TYPE, problem, statusOf } from '../lambdas/core/problem/problem.ts';
import type { Route } from '../lambdas/core/routes/table.ts';

const HEADERS: Readonly<Record<string, string>> = {
  'Content-Type': PROBLEM_MEDIA_TYPE,
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'Access-Control-Allow-Origin': '*',
};

/** API Gateway answers by itself: ANY stands for the methods that a path does not have. */
export function addWrongMethods(rest: RestApi, routes: readonly Route[]): void {
  const statusCode = String(statusOf('wrong-method'));
  for (const [path, methods] of methodsByPath(routes)) {
    const allow = [...methods, 'OPTIONS'].join(', ');
    const headers = Object.entries({ ...HEADERS, Allow: allow });
    const body = problem('wrong-method', `This path answers ${allow}.`);
    const method = rest.root.resourceForPath(path).addMethod(
      'ANY',
      new MockIntegration({
        passthroughBehavior: PassthroughBehavior.WHEN_NO_TEMPLATES,
        requestTemplates: { 'application/json': `{"statusCode": ${statusCode}}` },
        integrationResponses: [
          {
            statusCode,
            responseTemplates: { 'application/json': JSON.stringify(body) },
            responseParameters: Object.fromEntries(
              headers.map(([name, value]) => [`method.response.header.${name}`, `'${value}'`]),
            ),
          },
        ],
      }),
      {
        authorizationType: AuthorizationType.NONE,
        methodResponses: [
          {
            statusCode,
            responseParameters: Object.fromEntries(headers.map(([name]) => [`method.response.header.${name}`, true])),
          },
        ],
      },
    );
    Validations.of(method).acknowledge({ id: 'AwsSolutions-APIG4', reason: 'It refuses whatever comes.' });
  }
}

function methodsByPath(routes: readonly Route[]): ReadonlyMap<string, readonly string[]> {
  const byPath = new Map<string, string[]>();
  for (const { path, method } of routes) {
    byPath.set(path, [...(byPath.get(path) ?? []), ...deployedMethods(method)]);
  }
  return byPath;
}
