// One log line a request that predicted: CloudWatch reads its metrics (embedded metric format), the monitor the rest.
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { ticks } from '../../aws/clock.ts';
import { logLine } from '../../aws/log.ts';
import { settings } from '../../aws/settings.ts';
import { DEFAULT_DATASET } from '../../core/dataset/named.ts';
import type { Encounter } from '../../core/encounter/contract.ts';
import { levelTable } from '../../core/loop/sketch/levels.ts';
import { LevelTally } from '../../core/loop/sketch/tally.ts';
import { type Judged, predictionLine } from '../../core/serving/prediction-line.ts';
import type { ServedModel } from './model.ts';

export interface Logged {
  readonly judged: readonly Judged[];
  /** The encounters that were judged: counted by level, together with those of other requests. */
  readonly encounters: readonly Encounter[];
  readonly explained: boolean;
  /** Encounters that did not fit the contract. */
  readonly errors: number;
}

const TABLE = levelTable(DEFAULT_DATASET);
/** By model: what a version saw is told under its name. */
const tallies = new WeakMap<ServedModel, LevelTally>();

/** @param started when the function began with the request, by the monotonic clock */
export function logPredictions(
  { requestContext }: APIGatewayProxyEvent,
  model: ServedModel,
  { judged, encounters, explained, errors }: Logged,
  started: number,
): void {
  logLine(
    predictionLine({
      requestId: requestContext.requestId,
      time: requestContext.requestTimeEpoch,
      environment: settings().environment,
      dataset: DEFAULT_DATASET.name,
      model: {
        version: model.version,
        sha256: model.entry.model_sha256,
        threshold: model.signature.threshold.value,
      },
      contract: TABLE.contract,
      explained,
      judged,
      levels: tallyOf(model).add(encounters),
      durationMs: ticks() - started,
      errors,
    }),
  );
}

function tallyOf(model: ServedModel): LevelTally {
  const known = tallies.get(model);
  if (known !== undefined) return known;
  const made = new LevelTally(TABLE);
  tallies.set(model, made);
  return made;
}
