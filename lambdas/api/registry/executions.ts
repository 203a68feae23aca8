// POST /executions: start the training pipeline on an uploaded file.
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { startExecution } from '../../aws/executions.ts';
import { canonicalJson, sha256Hex } from '../../core/canonical.ts';
import { executionSchema } from '../../core/operations/requests.ts';
import { ProblemError } from '../../core/problem/problem.ts';
import { json } from '../http/answer.ts';
import { jsonBody, parsed } from '../http/request.ts';
import { operator } from './operator.ts';

const BODY_LIMIT = 16 * 1024;

export async function startPipeline(event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> {
  const actor = operator(event);
  const { attempt, ...work } = parsed(executionSchema, jsonBody(event, BODY_LIMIT));
  const input = { ...work, attempt, actor };
  // The same work and attempt is the same execution; its name says so, and Step Functions keeps names unique.
  const name = `${sha256Hex(canonicalJson(work)).slice(0, 32)}-${attempt}`;
  const executionArn = await startExecution(name, input);
  if (executionArn !== null) return json({ name, execution_arn: executionArn, input }, 202);
  throw new ProblemError(
    'conflict',
    `Attempt ${attempt} of this was started before as ${name}; a new attempt takes a higher number.`,
  );
}
