// API Gateway proxy results. Header objects are shared: nothing may change them after this.
import type { APIGatewayProxyResult } from 'aws-lambda';
import { PROBLEM_MEDIA_TYPE, type Problem } from '../../core/problem/problem.ts';
import { WithStatus } from './handler.ts';
import { type Link, routeOf } from './route-event.ts';

// Answers may hold a patient's prediction and are never the same twice, so no cache may keep them. Any origin may read
// them: a request carries no cookie, its right is the bearer token that the page itself must hold.
const COMMON = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'access-control-allow-origin': '*',
};
const JSON_HEADERS = { 'content-type': 'application/json', ...COMMON };
const PROBLEM_HEADERS = { 'content-type': PROBLEM_MEDIA_TYPE, ...COMMON };
const BUSY_HEADERS = { ...PROBLEM_HEADERS, 'retry-after': '1' };

/** Makes a proxy result of what a handler gave; where the table names media types, the handler made it. */
export function writesAnswer(): Link {
  return {
    after: (request) => {
      const { spec } = routeOf(request.event);
      if (Array.isArray(spec.answer)) return;
      const given = request.response;
      request.response = given instanceof WithStatus ? json(given.value, given.status) : json(given, spec.status);
    },
  };
}

export function json(body: unknown, statusCode = 200): APIGatewayProxyResult {
  return { statusCode, headers: JSON_HEADERS, body: JSON.stringify(body) };
}

export function text(body: string, contentType: string): APIGatewayProxyResult {
  return { statusCode: 200, headers: { ...COMMON, 'content-type': contentType }, body };
}

/** A file that is the same for everyone until the next deployment. */
export function file(
  body: string,
  contentType: string,
  headers: Readonly<Record<string, string>> = {},
): APIGatewayProxyResult {
  return {
    statusCode: 200,
    headers: { ...COMMON, ...headers, 'cache-control': 'public, max-age=300', 'content-type': contentType },
    body,
  };
}

export function problemAnswer(problem: Problem, requestId: string): APIGatewayProxyResult {
  const retryable = problem.status === 429 || problem.status === 503;
  return {
    statusCode: problem.status,
    headers: retryable ? BUSY_HEADERS : PROBLEM_HEADERS,
    body: JSON.stringify({ ...problem, request_id: requestId }),
  };
}
