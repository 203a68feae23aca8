// Requests to the API as API Gateway hands them to a function, by an operator who may do everything.
import { z } from 'zod';

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

export type Handler = (event: unknown, context: object) => Promise<unknown>;

const resultSchema = z.object({ statusCode: z.number(), body: z.string() });

let requests = 0;

export async function ask(handler: Handler, route: string, body: unknown = null): Promise<Answer> {
  const [httpMethod, resource] = route.split(' ');
  const event = {
    ...{ httpMethod, resource, path: resource, headers: { 'content-type': 'application/json' }, multiValueHeaders: {} },
    ...{ pathParameters: null, queryStringParameters: null, multiValueQueryStringParameters: null },
    ...{ body: body === null ? null : JSON.stringify(body), isBase64Encoded: false, stageVariables: null },
    requestContext: {
      requestId: `request-${++requests}`,
      requestTimeEpoch: Date.now(),
      authorizer: { actor: 'operator', scopes: 'operate predict read metrics' },
    },
  };
  const { statusCode, body: text } = resultSchema.parse(await handler(event, {}));
  return { status: statusCode, body: text === '' ? null : JSON.parse(text) };
}
