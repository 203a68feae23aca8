// What happens to a request: the page, a preflight, or a function's turn once the authorizer agrees.
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Authorizer } from './authorizer.ts';
import { type Body, readBody } from './body.ts';
import type { DeployedApi, DeployedMethod } from './deployed-api.ts';
import type { Functions } from './functions.ts';
import { type GatewayResponses, send } from './gateway-response.ts';
import type { Inflight } from './inflight.ts';
import type { PageFile } from './page.ts';
import type { Pool } from './pool.ts';
import { SEPARATOR } from './proxy-headers.ts';
import { type Matched, Router } from './router.ts';
import { isOpenToPages, REFUSED_HOST, REFUSED_PAGE, refuse, type Visitors, withoutCors } from './visitors.ts';

export interface FrontDoorOptions {
  readonly api: DeployedApi;
  readonly functions: Functions;
  readonly inflight: Inflight;
  readonly responses: GatewayResponses;
  readonly page: ReadonlyMap<string, PageFile>;
  readonly visitors: Visitors;
  readonly region: string;
}

interface Target {
  readonly answer: DeployedMethod['answer'];
  readonly pool: Pool | null;
  /** Position among the resources that workers know. */
  readonly resource: number;
  readonly authorizer: Authorizer | null;
  readonly openToPages: boolean;
}

interface Arrival {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly method: string;
  readonly target: string;
  readonly path: string;
  readonly requestId: string;
}

export function frontDoor({ api, functions, inflight, responses, page, visitors, region }: FrontDoorOptions) {
  const router = routesOf(api, functions);
  const isBinary = binaryTest(api.binaryMediaTypes);
  const arnBase = `arn:aws:execute-api:${region}:${functions.accountId}:${api.apiId}/${api.stage}`;

  return (request: IncomingMessage, response: ServerResponse): void => {
    if (!visitors.isOurHost(request.headers.host)) {
      refuse(response, REFUSED_HOST);
      return;
    }
    const target = request.url ?? '/';
    const method = request.method ?? 'GET';
    const cut = target.indexOf('?');
    const path = cut === -1 ? target : target.slice(0, cut);
    const matched = router.find(method, path);
    const file = pageFile(page, method, path, request.headers.accept, matched !== null);
    if (file !== undefined) {
      sendFile(response, file);
      return;
    }
    const arrival: Arrival = { request, response, method, target, path, requestId: randomUUID() };
    if (matched === null) {
      responses.answer(response, 'missing-token', arrival.requestId);
      return;
    }
    const { answer, authorizer, openToPages } = matched.route;
    if (!openToPages && visitors.isForeignPage(method, request.headers)) {
      refuse(response, REFUSED_PAGE);
      return;
    }
    const friend = visitors.friend(request.headers);
    if (friend !== null && !openToPages) {
      response.setHeader('Access-Control-Allow-Origin', friend);
      response.setHeader('Vary', 'Origin');
    }
    if (answer.kind === 'mock') {
      const headers = openToPages || friend !== null ? answer.headers : withoutCors(answer.headers);
      send(response, answer.status, headers, answer.body, arrival.requestId);
      return;
    }
    readBody(request, isBinary, (body) => {
      if (body === null) {
        responses.answer(response, 'too-long', arrival.requestId);
        return;
      }
      if (authorizer === null) dispatch(inflight, arrival, matched, body, null);
      else {
        authorizer.permit(request.rawHeaders, `${arnBase}/${method}${path}`).then((permission) => {
          if (permission.allowed) dispatch(inflight, arrival, matched, body, permission.caller);
          else responses.answer(response, permission.refusal, arrival.requestId);
        });
      }
    });
  };
}

function dispatch(
  inflight: Inflight,
  { request, response, method, target, requestId }: Arrival,
  { route, parameters }: Matched<Target>,
  { text, isBase64 }: Body,
  caller: string | null,
): void {
  const id = inflight.add(response, requestId);
  const sourceIp = request.socket.remoteAddress ?? '127.0.0.1';
  const rawHeaders = request.rawHeaders.join(SEPARATOR);
  const accepted = route.pool?.request(
    [
      id,
      route.resource,
      method,
      target,
      rawHeaders,
      text,
      isBase64,
      parameters,
      requestId,
      Date.now(),
      sourceIp,
      caller,
    ],
    (outcome) => inflight.settle(outcome),
  );
  if (accepted !== true) inflight.refuse(id);
}

function routesOf(api: DeployedApi, functions: Functions): Router<Target> {
  const router = new Router<Target>();
  for (const { method, path, answer, authorizer } of api.methods) {
    router.add(method, path, {
      answer,
      pool: answer.kind === 'function' ? functions.pool(answer.functionName) : null,
      resource: functions.resource(path),
      authorizer: authorizer === null ? null : functions.authorizer(authorizer),
      openToPages: isOpenToPages(path),
    });
  }
  return router;
}

/** The index goes to browsers only; other files stand where no route does. */
function pageFile(
  page: ReadonlyMap<string, PageFile>,
  method: string,
  path: string,
  accept: string | undefined,
  isRoute: boolean,
): PageFile | undefined {
  if (method !== 'GET' || page.size === 0) return undefined;
  if (path === '/') return accept?.includes('text/html') === true ? page.get('/') : undefined;
  return isRoute ? undefined : page.get(path);
}

function sendFile(response: ServerResponse, { headers, body }: PageFile): void {
  response.writeHead(200, [...headers]);
  response.end(body);
}

function binaryTest(mediaTypes: readonly string[]): (contentType: string | undefined) => boolean {
  if (mediaTypes.length === 0) return () => false;
  return (contentType) => {
    const type = contentType?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
    return mediaTypes.some((pattern) => {
      if (pattern === '*/*' || pattern === type) return true;
      return pattern.endsWith('/*') && type.startsWith(pattern.slice(0, -1));
    });
  };
}
