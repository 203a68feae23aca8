// Whatever a request ends with by an exception, as a problem and as one line in the log.
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { logLine } from '../../aws/log.ts';
import { TamperedLedgerError } from '../../core/ledger/head.ts';
import { ProblemError, problem } from '../../core/problem/problem.ts';
import { DamagedArtifactError } from '../../core/provenance/artifact.ts';
import { problemAnswer } from './answer.ts';
import type { Link } from './route-event.ts';

export function answersProblems(): Link {
  return {
    onError: (request) => {
      request.response = failure(request.event, request.error);
    },
  };
}

function failure(event: APIGatewayProxyEvent, error: unknown): APIGatewayProxyResult {
  const requestId = event.requestContext.requestId;
  const route = `${event.httpMethod} ${event.resource}`;
  if (error instanceof DamagedArtifactError || error instanceof TamperedLedgerError) {
    return failure(event, new ProblemError('tampered', `${error.message}.`));
  }
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
