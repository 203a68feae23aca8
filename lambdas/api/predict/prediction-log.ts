// One log line a request that predicted: CloudWatch reads its metrics (embedded metric format), the monitor its counts.
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { logLine } from '../../aws/log.ts';
import type { Encounter } from '../../core/encounter/contract.ts';
import { type Judged, predictionLine } from '../../core/serving/prediction-line.ts';
import type { ServedModel } from './model.ts';

export function logPredictions(
  event: APIGatewayProxyEvent,
  model: ServedModel,
  judged: readonly Judged[],
  encounters: readonly Encounter[],
  durationMs: number,
  errors = 0,
): void {
  const { requestId, requestTimeEpoch } = event.requestContext;
  logLine(
    predictionLine({
      requestId,
      time: requestTimeEpoch,
      modelVersion: model.version,
      judged,
      encounters,
      durationMs,
      errors,
    }),
  );
}
