// The REST API as it was deployed: which function answers what, who may call it, what a preflight is told.
import {
  type APIGatewayClient,
  GetAuthorizersCommand,
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
    | { readonly kind: 'mock'; readonly status: number; readonly headers: readonly string[] };
  readonly authorizer: DeployedAuthorizer | null;
}

export interface DeployedAuthorizer {
  readonly functionName: string;
  /** Request header that holds the token, lower case. */
  readonly header: string;
  readonly cacheMs: number;
}

export interface DeployedApi {
  readonly apiId: string;
  readonly stage: string;
  readonly binaryMediaTypes: readonly string[];
  readonly methods: readonly DeployedMethod[];
}

const integrationSchema = z.object({
  type: z.string(),
  uri: z.string().optional(),
  integrationResponses: z
    .record(
      z.string(),
      z.object({ statusCode: z.string(), responseParameters: z.record(z.string(), z.string()).default({}) }),
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
  const [api, stages, resources, authorizers] = await Promise.all([
    client.send(new GetRestApiCommand({ restApiId: apiId })),
    client.send(new GetStagesCommand({ restApiId: apiId })),
    allResources(client, apiId),
    client.send(new GetAuthorizersCommand({ restApiId: apiId })),
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
  const headers = Object.entries(response?.responseParameters ?? {}).flatMap(([name, value]) => [
    name.replace('method.response.header.', ''),
    value.replace(/^'|'$/g, ''),
  ]);
  return { kind: 'mock', status: Number(response?.statusCode ?? 200), headers };
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
