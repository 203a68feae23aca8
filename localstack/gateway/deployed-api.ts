// The REST API as it was deployed: which function answers what, who may call it, what a preflight is told.
import {
  type APIGatewayClient,
  GetAuthorizersCommand,
  GetGatewayResponsesCommand,
  GetResourcesCommand,
  GetRestApiCommand,
  GetStagesCommand,
} from '@aws-sdk/client-api-gateway';
import { z } from 'zod';

export interface DeployedMethod {
  readonly method: string;
  /** As API Gateway writes it, e.g. `/models/{version}`. */
  readonly path: string;
  readonly resourceId: string;
  readonly answer:
    | { readonly kind: 'function'; readonly functionName: string }
    | { readonly kind: 'mock'; readonly status: number; readonly headers: readonly string[]; readonly body: string };
  readonly authorizer: DeployedAuthorizer | null;
}

export interface DeployedAuthorizer {
  readonly functionName: string;
  /** Request header that holds the token, lower case. */
  readonly header: string;
  readonly cacheMs: number;
}

/** What API Gateway says by itself in one case. */
export interface GatewayResponse {
  /** Absent: the one that the case has by default. */
  readonly status?: number | undefined;
  /** Names and values in turn. */
  readonly headers?: readonly string[];
  /** With variables such as $context.requestId. */
  readonly template?: string | undefined;
}

export interface DeployedApi {
  readonly apiId: string;
  readonly stage: string;
  readonly binaryMediaTypes: readonly string[];
  readonly methods: readonly DeployedMethod[];
  /** By response type, e.g. UNAUTHORIZED. */
  readonly gatewayResponses: ReadonlyMap<string, GatewayResponse>;
}

const integrationSchema = z.object({
  type: z.string(),
  uri: z.string().optional(),
  integrationResponses: z
    .record(
      z.string(),
      z.object({
        statusCode: z.string(),
        responseParameters: z.record(z.string(), z.string()).default({}),
        responseTemplates: z.record(z.string(), z.string()).default({}),
      }),
    )
    .default({}),
});
const resourceSchema = z.object({
  id: z.string(),
  path: z.string(),
  resourceMethods: z
    .record(z.string(), z.object({ authorizerId: z.string().optional(), methodIntegration: integrationSchema }))
    .default({}),
});
const authorizerSchema = z.object({
  id: z.string(),
  authorizerUri: z.string(),
  identitySource: z.string().default('method.request.header.Authorization'),
  authorizerResultTtlInSeconds: z.number().default(300),
});

export async function deployedApi(client: APIGatewayClient, apiId: string): Promise<DeployedApi> {
  const [api, stages, resources, authorizers, responses] = await Promise.all([
    client.send(new GetRestApiCommand({ restApiId: apiId })),
    client.send(new GetStagesCommand({ restApiId: apiId })),
    allResources(client, apiId),
    client.send(new GetAuthorizersCommand({ restApiId: apiId })),
    client.send(new GetGatewayResponsesCommand({ restApiId: apiId, limit: 500 })),
  ]);
  const byId = new Map(
    z
      .array(authorizerSchema)
      .parse(authorizers.items ?? [])
      .map((found) => [found.id, toAuthorizer(found)]),
  );
  return {
    apiId,
    stage: stages.item?.[0]?.stageName ?? 'v1',
    binaryMediaTypes: api.binaryMediaTypes ?? [],
    gatewayResponses: new Map(
      z
        .array(gatewayResponseSchema)
        .parse(responses.items ?? [])
        .map((found) => [found.responseType, toGatewayResponse(found)]),
    ),
    methods: resources.flatMap((resource) =>
      Object.entries(resource.resourceMethods).map(([method, { authorizerId, methodIntegration }]) => ({
        method,
        path: resource.path,
        resourceId: resource.id,
        answer: toAnswer(methodIntegration),
        authorizer: byId.get(authorizerId ?? '') ?? null,
      })),
    ),
  };
}

const gatewayResponseSchema = z.object({
  responseType: z.string(),
  statusCode: z.string().optional(),
  responseParameters: z.record(z.string(), z.string()).default({}),
  responseTemplates: z.record(z.string(), z.string()).default({}),
});

function toGatewayResponse(found: z.infer<typeof gatewayResponseSchema>): GatewayResponse {
  const status = found.statusCode === undefined ? undefined : Number(found.statusCode);
  const headers = quotedParameters(found.responseParameters, 'gatewayresponse.header.');
  return { status, headers, template: found.responseTemplates['application/json'] };
}

/** Names and values in turn of the parameters whose value is a text in quotes; none of ours is an expression. */
function quotedParameters(parameters: Readonly<Record<string, string>>, prefix: string): string[] {
  return Object.entries(parameters).flatMap(([name, value]) => [name.replace(prefix, ''), value.replace(/^'|'$/g, '')]);
}

async function allResources(client: APIGatewayClient, restApiId: string): Promise<z.infer<typeof resourceSchema>[]> {
  const found: z.infer<typeof resourceSchema>[] = [];
  let position: string | undefined;
  do {
    const page = await client.send(
      new GetResourcesCommand({ restApiId, embed: ['methods'], limit: 500, ...(position ? { position } : {}) }),
    );
    found.push(...z.array(resourceSchema).parse(page.items ?? []));
    position = page.position;
  } while (position);
  return found;
}

function toAnswer({ type, uri, integrationResponses }: z.infer<typeof integrationSchema>): DeployedMethod['answer'] {
  if (type === 'AWS_PROXY') return { kind: 'function', functionName: functionOf(uri ?? '') };
  const [response] = Object.values(integrationResponses);
  const headers = quotedParameters(response?.responseParameters ?? {}, 'method.response.header.');
  const body = response?.responseTemplates['application/json'] ?? '';
  return { kind: 'mock', status: Number(response?.statusCode ?? 200), headers, body };
}

function toAuthorizer(found: z.infer<typeof authorizerSchema>): DeployedAuthorizer {
  return {
    functionName: functionOf(found.authorizerUri),
    header: found.identitySource.replace('method.request.header.', '').toLowerCase(),
    cacheMs: found.authorizerResultTtlInSeconds * 1000,
  };
}

/** E.g. arn:aws:apigateway:REGION:lambda:path/2015-03-31/functions/arn:aws:lambda:REGION:ACCOUNT:function:NAME/invocations */
function functionOf(uri: string): string {
  const name = /:function:([^:/]+)/.exec(uri)?.[1];
  if (name === undefined) throw new Error(`the deployed API names no function in "${uri}": deploy it again`);
  return name;
}
