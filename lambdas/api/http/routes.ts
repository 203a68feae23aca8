// What every API function shares: a table of routes behind middy, and problems instead of exceptions.
import middy from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { ProblemError, problem } from '../../core/problem/problem.ts';
import { problemAnswer } from './answer.ts';
import { logLine } from './log.ts';

export type Route = (event: APIGatewayProxyEvent) => Promise<APIGatewayProxyResult> | APIGatewayProxyResult;

/** Routes by method and API Gateway resource, e.g. `GET /models/{version}`. */
export type RouteTable = Readonly<Record<string, Route>>;

/** A handler that answers every request of its routes, whatever happens, without a stack trace. */
export function serve(routes: RouteTable) {
  // Lambda ends a function at its time limit by itself; middy's own timer would cost a timer a request.
  return middy<APIGatewayProxyEvent, APIGatewayProxyResult>({ timeoutEarlyInMillis: 0 })
    .handler<APIGatewayProxyEvent, APIGatewayProxyResult>(async (event) => {
      const route = routes[`${event.httpMethod} ${event.resource}`];
      if (route === undefined) throw new ProblemError('not-found', `${event.httpMethod} ${event.path} leads nowhere.`);
      return route(event);
    })
    .onError((request) => {
      const { event, error } = request;
      request.response = failure(event, error);
    });
}

function failure(event: APIGatewayProxyEvent, error: unknown): APIGatewayProxyResult {
  const requestId = event.requestContext.requestId;
  const route = `${event.httpMethod} ${event.resource}`;
  if (error instanceof ProblemError) {
    logLine({
      event: 'request_error',
      route,
      error_type: error.kind,
      status: error.problem.status,
      request_id: requestId,
    });
    return problemAnswer(error.problem, requestId);
  }
  const kind = isTransient(error) ? 'unavailable' : 'internal';
  const { status } = problem(kind, '');
  const cause = error instanceof Error ? { error: error.name, message: error.message, stack: error.stack } : {};
  logLine({ event: 'request_error', route, error_type: kind, status, request_id: requestId, ...cause });
  const detail = 'The failure is in the log under this request_id; the request may be sent again.';
  return problemAnswer(problem(kind, detail), requestId);
}

const TRANSIENT =
  /^(TimeoutError|AbortError|Throttling|TooManyRequests|ProvisionedThroughputExceeded|ServiceUnavailable|SlowDown)/;

/** Whether AWS could not be reached or asked for patience: the same request may succeed in a moment. */
function isTransient(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return TRANSIENT.test(error.name) || /^E(CONN|PIPE|AI_|HOST|NET|TIMEDOUT)/.test(code);
}
