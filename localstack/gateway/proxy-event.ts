// API Gateway's Lambda proxy event (payload 1.0) from a request.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { ApiData, Invocation, ResourceData } from './protocol.ts';
import type { HeaderReader } from './proxy-headers.ts';

type Values = Record<string, string>;
type Lists = Record<string, string[]>;

export function proxyEvent(
  invocation: Invocation,
  resource: ResourceData,
  api: ApiData,
  reader: HeaderReader,
): APIGatewayProxyEvent {
  const [, , method, target, rawHeaders, body, isBase64, parameters, requestId, time, sourceIp, authorizer] =
    invocation;
  const cut = target.indexOf('?');
  const path = cut === -1 ? target : target.slice(0, cut);
  const query = cut === -1 || cut === target.length - 1 ? null : readQuery(target.slice(cut + 1));
  const { single, multi, userAgent } = reader.read(rawHeaders, sourceIp);
  return {
    resource: resource.path,
    path,
    httpMethod: method,
    headers: { ...single },
    multiValueHeaders: { ...multi },
    queryStringParameters: query?.single ?? null,
    multiValueQueryStringParameters: query?.multi ?? null,
    pathParameters: readParameters(resource.parameters, parameters),
    stageVariables: null,
    requestContext: {
      accountId: api.accountId,
      apiId: api.apiId,
      authorizer: authorizer === null ? null : JSON.parse(authorizer),
      domainName: 'localhost',
      domainPrefix: 'localhost',
      extendedRequestId: requestId,
      httpMethod: method,
      identity: identity(sourceIp, userAgent),
      path: `/${api.stage}${path}`,
      protocol: 'HTTP/1.1',
      requestId,
      requestTime: clockText(time),
      requestTimeEpoch: time,
      resourceId: resource.resourceId,
      resourcePath: resource.path,
      stage: api.stage,
    },
    body,
    isBase64Encoded: isBase64,
  };
}

function readQuery(text: string): { single: Values; multi: Lists } {
  const single: Values = {};
  const multi: Lists = {};
  for (const [name, value] of new URLSearchParams(text)) add(single, multi, name, value);
  return { single, multi };
}

function add(single: Values, multi: Lists, name: string, value: string): void {
  if (name === '__proto__') return;
  single[name] = value;
  const list = multi[name];
  if (list === undefined) multi[name] = [value];
  else list.push(value);
}

function readParameters(names: readonly string[], values: readonly string[]): Values | null {
  if (names.length === 0) return null;
  return Object.fromEntries(names.map((name, i) => [name, values[i] ?? '']));
}

function identity(sourceIp: string, userAgent: string | null): APIGatewayProxyEvent['requestContext']['identity'] {
  return {
    accessKey: null,
    accountId: null,
    apiKey: null,
    apiKeyId: null,
    caller: null,
    clientCert: null,
    cognitoAuthenticationProvider: null,
    cognitoAuthenticationType: null,
    cognitoIdentityId: null,
    cognitoIdentityPoolId: null,
    principalOrgId: null,
    sourceIp,
    user: null,
    userAgent,
    userArn: null,
  };
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
let lastSecond = -1;
let lastText = '';

/** E.g. 09/Apr/2026:12:34:56 +0000; a second's text is made once. */
function clockText(time: number): string {
  const second = Math.floor(time / 1000);
  if (second === lastSecond) return lastText;
  const date = new Date(time);
  const two = (n: number) => String(n).padStart(2, '0');
  const day = `${two(date.getUTCDate())}/${MONTHS[date.getUTCMonth()]}/${date.getUTCFullYear()}`;
  lastSecond = second;
  lastText = `${day}:${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())} +0000`;
  return lastText;
}
