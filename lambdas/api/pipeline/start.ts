// POST /executions: start the training pipeline on an uploaded file.
import { startExecution } from '../../aws/executions.ts';
import { canonicalJson, sha256Hex } from '../../core/canonical.ts';
import { ProblemError } from '../../core/problem/problem.ts';
import type { PIPELINE_ROUTES } from '../../core/routes/pipeline.ts';
import type { AnswerOf, RequestOf } from '../http/handler.ts';

type Start = (typeof PIPELINE_ROUTES)['POST /executions'];

export async function startPipeline({ actor, body }: RequestOf<Start>): Promise<AnswerOf<Start>> {
  const { attempt, ...work } = body;
  const input = { ...work, attempt, actor };
  // The same work and attempt is the same execution; its name says so, and Step Functions keeps names unique.
  const name = `${sha256Hex(canonicalJson(work)).slice(0, 32)}-${attempt}`;
  const executionArn = await startExecution(name, input);
  if (executionArn !== null) return { name, execution_arn: executionArn, input };
  throw new ProblemError(
    'conflict',
    `Attempt ${attempt} of this was started before as ${name}; a new attempt takes a higher number.`,
  );
}
