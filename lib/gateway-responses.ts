// What API Gateway itself answers when no function does: a problem (RFC 9457) like every other, that any page may read.
import { ResponseType, type RestApi } from 'aws-cdk-lib/aws-apigateway';
import { PROBLEM_MEDIA_TYPE, type Problem, type ProblemKind, problem } from '../lambdas/core/problem/problem.ts';

interface Refusal {
  readonly kind: ProblemKind;
  readonly detail: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const BUSY: Refusal = {
  kind: 'busy',
  detail: 'More requests came than are let through: send this one again in a second.',
  headers: { 'Retry-After': "'1'" },
};
const FAILED: Refusal = {
  kind: 'internal',
  detail: 'The failure is in the log of the API under this request_id; the request may be sent again.',
};
const LATE: Refusal = {
  kind: 'timeout',
  detail: 'The function behind this route gave no answer; the request may be sent again.',
};

const REFUSALS: readonly (readonly [ResponseType, Refusal])[] = [
  [
    ResponseType.UNAUTHORIZED,
    { kind: 'unauthenticated', detail: 'Send the header Authorization: Bearer TOKEN, with a token that is valid.' },
  ],
  [
    ResponseType.ACCESS_DENIED,
    { kind: 'forbidden', detail: 'The scopes of this token do not hold this route: ask for one whose scopes do.' },
  ],
  [
    ResponseType.MISSING_AUTHENTICATION_TOKEN,
    { kind: 'no-route', detail: 'No route has this path and method; GET /openapi.json lists those that there are.' },
  ],
  [ResponseType.REQUEST_TOO_LARGE, { kind: 'too-large', detail: 'A request may have 10 MB; this one has more.' }],
  [ResponseType.THROTTLED, BUSY],
  [ResponseType.QUOTA_EXCEEDED, BUSY],
  [ResponseType.AUTHORIZER_FAILURE, FAILED],
  [ResponseType.AUTHORIZER_CONFIGURATION_ERROR, FAILED],
  [ResponseType.API_CONFIGURATION_ERROR, FAILED],
  [ResponseType.INTEGRATION_TIMEOUT, LATE],
  [ResponseType.INTEGRATION_FAILURE, LATE],
];

/** API Gateway's own words, which come with their quotes. */
const MESSAGE = '$context.error.messageString';

/** All that API Gateway may say by itself. What is not named above gets a problem without a status, which it alone knows. */
export function addGatewayResponses(rest: RestApi): void {
  for (const [type, { kind, detail, headers = {} }] of REFUSALS) {
    rest.addGatewayResponse(type.responseType, answer(type, problem(kind, detail), headers));
  }
  const { status: _, ...failed } = problem(FAILED.kind, FAILED.detail);
  rest.addGatewayResponse('ServerErrors', answer(ResponseType.DEFAULT_5XX, failed));
  const refused = { type: 'about:blank', title: 'The request was refused', detail: MESSAGE };
  rest.addGatewayResponse('ClientErrors', answer(ResponseType.DEFAULT_4XX, refused));
}

function answer(type: ResponseType, body: Partial<Problem>, headers: Readonly<Record<string, string>> = {}) {
  // API Gateway takes the template of application/json whatever the client accepts; the header says what it is.
  const template = JSON.stringify({ ...body, request_id: '$context.requestId' }).replace(`"${MESSAGE}"`, MESSAGE);
  return {
    type,
    ...(body.status === undefined ? {} : { statusCode: String(body.status) }),
    templates: { 'application/json': template },
    responseHeaders: {
      'Content-Type': `'${PROBLEM_MEDIA_TYPE}'`,
      'Cache-Control': "'no-store'",
      'X-Content-Type-Options': "'nosniff'",
      'Access-Control-Allow-Origin': "'*'",
      ...headers,
    },
  };
}
