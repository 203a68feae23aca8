import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { deployedMethods } from '../lambdas/core/access/rights.ts';
import { ROUTES } from '../lambdas/core/routes/table.ts';
import { synthesize } from './fixtures/synthesized.ts';

const methodSchema = z.object({
  Properties: z.object({
    HttpMethod: z.string(),
    ResourceId: z.union([z.object({ Ref: z.string() }), z.object({ 'Fn::GetAtt': z.array(z.string()) })]),
    AuthorizationType: z.string().default('NONE'),
    Integration: z.looseObject({ Type: z.string(), Uri: z.unknown().optional() }),
  }),
});
const resourceSchema = z.object({
  Properties: z.object({ PathPart: z.string(), ParentId: methodSchema.shape.Properties.shape.ResourceId }),
});

const gatewayResponseSchema = z.object({
  Properties: z.object({
    ResponseType: z.string(),
    ResponseParameters: z.record(z.string(), z.string()),
    ResponseTemplates: z.object({ 'application/json': z.string() }),
  }),
});

/** Methods of the synthesized API by `GET /models/{version}`. */
function methodsOf(template: ReturnType<typeof synthesize>['template']) {
  const resources = template.findResources('AWS::ApiGateway::Resource');
  const pathOf = (id: z.infer<typeof methodSchema.shape.Properties.shape.ResourceId>): string => {
    if (!('Ref' in id)) return '';
    const { ParentId: parent, PathPart: part } = resourceSchema.parse(resources[id.Ref]).Properties;
    return `${pathOf(parent)}/${part}`;
  };
  const methods = Object.values(template.findResources('AWS::ApiGateway::Method')).map((resource) => {
    const method = methodSchema.parse(resource).Properties;
    return [`${method.HttpMethod} ${pathOf(method.ResourceId) || '/'}`, method] as const;
  });
  return new Map<string, (typeof methods)[number][1]>(methods);
}

const { template } = synthesize();
const closed = methodsOf(template);
const open = methodsOf(synthesize({ auth: 'open' }).template);
const DEPLOYED = ROUTES.flatMap((route) =>
  deployedMethods(route.method).map((method) => ({ ...route, name: `${method} ${route.path}` })),
);

describe('the API', () => {
  it('has exactly the routes of the table, each answered by its function', () => {
    const served = [...closed].filter(([name]) => !/^(OPTIONS|ANY) /.test(name));
    expect(served.map(([name]) => name).sort()).toEqual(DEPLOYED.map(({ name }) => name).sort());
    for (const [, method] of served) expect(method.Integration.Type).toBe('AWS_PROXY');
    for (const { name, function: answering } of DEPLOYED) {
      expect(JSON.stringify(closed.get(name)?.Integration.Uri)).toContain(`Api${answering}Function`);
    }
  });

  it('takes a token by default for everything but what shows no data', () => {
    for (const { name, scope } of DEPLOYED) {
      const expected = scope === 'public' ? 'NONE' : 'CUSTOM';
      expect([name, closed.get(name)?.AuthorizationType]).toEqual([name, expected]);
    }
  });

  it('takes a token for operations even when it is open', () => {
    for (const { name, scope } of DEPLOYED) {
      const expected = scope === 'operate' || scope === 'outcomes' ? 'CUSTOM' : 'NONE';
      expect([name, open.get(name)?.AuthorizationType]).toEqual([name, expected]);
    }
  });

  it('answers 405 with the methods that there are to any other, on every path', () => {
    const refusals = [...closed].filter(([name]) => name.startsWith('ANY '));
    expect(refusals.map(([name]) => name.slice(4)).sort()).toEqual([...new Set(ROUTES.map(({ path }) => path))].sort());
    for (const [, { Integration: integration }] of refusals) expect(integration.Type).toBe('MOCK');
    const uploads = JSON.stringify(closed.get('ANY /uploads'));
    expect(uploads).toContain('"method.response.header.Allow":"\'GET, HEAD, POST, OPTIONS\'"');
    expect(uploads).toContain('"StatusCode":"405"');
  });

  it('answers preflight requests of any page on every path', () => {
    for (const path of new Set(ROUTES.map((route) => route.path))) expect(closed.has(`OPTIONS ${path}`)).toBe(true);
  });

  it('says as a problem that any page may read why it refused a request before a function saw it', () => {
    const responses = Object.values(template.findResources('AWS::ApiGateway::GatewayResponse')).map((resource) =>
      gatewayResponseSchema.parse(resource),
    );
    const types = responses.map(({ Properties }) => Properties.ResponseType);
    expect(types).toEqual(
      expect.arrayContaining(['UNAUTHORIZED', 'ACCESS_DENIED', 'THROTTLED', 'DEFAULT_4XX', 'DEFAULT_5XX']),
    );
    for (const { Properties } of responses) {
      expect(Properties.ResponseParameters).toMatchObject({
        'gatewayresponse.header.Access-Control-Allow-Origin': "'*'",
        'gatewayresponse.header.Content-Type': "'application/problem+json'",
      });
      const text = Properties.ResponseTemplates['application/json'].replace(
        '$context.error.messageString',
        '"as it says"',
      );
      expect(JSON.parse(text)).toMatchObject({
        type: expect.any(String),
        title: expect.any(String),
        request_id: '$context.requestId',
      });
    }
  });

  it('logs who called, never what was sent', () => {
    template.hasResourceProperties('AWS::ApiGateway::Stage', {
      AccessLogSetting: { DestinationArn: Match.anyValue() },
      TracingEnabled: true,
      MethodSettings: [Match.objectLike({ DataTraceEnabled: false })],
    });
  });
});
