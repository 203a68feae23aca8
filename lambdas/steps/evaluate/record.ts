// Writes down an evaluation: beside the model, beside the run, in Tracking; and what Promote or Reject need of it.
import { now } from '../../aws/clock.ts';
import { putFirst, putImmutable, readObject } from '../../aws/objects.ts';
import { registerModel } from '../../aws/registry.ts';
import type { StepResult } from '../../aws/step.ts';
import { runs } from '../../aws/tracking.ts';
import { canonicalJson, sha256Hex } from '../../core/canonical.ts';
import { encodeScores } from '../../core/evaluation/stored-scores.ts';
import type { Decision } from '../../core/run/decision.ts';
import { candidateRunId, keys } from '../../core/run/keys.ts';
import type { Plan } from '../../core/run/plan.ts';
import { storeCard } from './card.ts';
import { readSetAside } from './data-facts.ts';
import type { Evaluated } from './evaluated.ts';
import type { MeasuredModel } from './measure.ts';
import { datasetFacts, pointsOf, reportOf } from './report.ts';
import type { TestRows } from './rows.ts';

const JSON_TYPE = 'application/json';
type TrainedCandidate = Evaluated['trained'][number];

/** Registers the challenger: the gate's no leaves it in the registry, where an operator may still promote it. */
export async function register(plan: Plan, { sha256, signature }: MeasuredModel): Promise<number> {
  const registered = await registerModel({
    sha256,
    algorithm: signature.algorithm,
    run_id: signature.run_id,
    dataset_sha256: plan.dataset_sha256,
    dataset: plan.dataset,
    created_at: now(),
  });
  return registered.version;
}

/** The evidence of one comparison: a later one with another champion has another key. */
export const evidenceKey = (plan: Plan, rev: number) => keys.run(plan.run_id, `gate-against-rev-${rev}.json`);

/**
 * Stores what was decided, and returns its key. The gate knows the time: the same comparison, asked again by a later execution
 * because the first came to no end, may be told otherwise, and then stands beside the first.
 */
async function keepEvidence(plan: Plan, rev: number, decided: string): Promise<string> {
  const key = evidenceKey(plan, rev);
  const sha256 = sha256Hex(decided);
  if ((await putFirst(key, decided, JSON_TYPE)) || sha256Hex(await readObject(key)) === sha256) return key;
  const later = keys.run(plan.run_id, `gate-against-rev-${rev}-${sha256.slice(0, 16)}.json`);
  await putImmutable(later, decided, JSON_TYPE);
  return later;
}

/** The challenger's probability of each test encounter, for the day when nothing computes its features any more. */
export async function keepScores({ sha256, probabilities }: MeasuredModel, { matrix }: TestRows): Promise<void> {
  const scores = encodeScores(matrix.order, probabilities);
  await putImmutable(keys.model(sha256, 'test-scores.bin'), scores, 'application/octet-stream');
}

export async function saveEvaluation(evaluated: Evaluated, startedAt: string): Promise<StepResult<Decision>> {
  const { plan, measured, trained, challenger, comparison, version, head } = evaluated;
  for (const model of measured) {
    await putImmutable(keys.model(model.sha256, 'evaluation.json'), canonicalJson(model.evaluation), JSON_TYPE);
  }
  for (const candidate of trained) await saveCandidate(evaluated, candidate);
  const rev = head?.rev ?? 0;
  const decided = canonicalJson({ run_id: plan.run_id, version, ...comparison });
  const evidence = await keepEvidence(plan, rev, decided);
  const facts = await datasetFacts(plan);
  const manifestSha256 = await storeCard(evaluated, facts, startedAt);
  await runs.saveReport(plan.run_id, reportOf(evaluated, facts));
  const { promote, reason, kind, refused_data } = comparison.gate;
  return {
    output: {
      outcome: promote ? 'promote' : 'reject',
      run_id: plan.run_id,
      reason,
      challenger: { name: challenger.name, version, model_sha256: challenger.sha256 },
      champion_rev: rev,
      evidence,
      evidence_sha256: sha256Hex(decided),
      manifest_sha256: manifestSha256,
      ...(kind === undefined ? {} : { kind }),
      ...(refused_data === true ? { refused_data } : {}),
    },
    facts: { version, reason, parity: Math.max(...measured.map((model) => model.parity)) },
  };
}

/** What the test rows said of a candidate, and the hashes that its record, its fit and its evaluation must have. */
async function saveCandidate({ plan, measured, challenger }: Evaluated, candidate: TrainedCandidate): Promise<void> {
  const runId = candidateRunId(plan.run_id, candidate.index);
  const model = measured.find(({ index }) => index === candidate.index);
  await runs.saveMeasured(runId, {
    run_id: runId,
    chosen: model === challenger,
    record_sha256: candidate.record_sha256,
    ...(model === undefined
      ? {}
      : {
          onnx_parity: model.parity,
          evaluation_sha256: sha256Hex(canonicalJson(model.evaluation)),
          test: pointsOf(model.evaluation),
        }),
  });
}

/** Nothing to train on or to measure with: a value that the gate routes to Reject. */
export async function saveRefusal(plan: Plan, rev: number, reason: string): Promise<StepResult<Decision>> {
  const facts = await datasetFacts(plan);
  const { example } = await readSetAside(plan, null);
  const evidence = await keepEvidence(plan, rev, canonicalJson({ run_id: plan.run_id, reason }));
  await runs.saveReport(plan.run_id, {
    run_id: plan.run_id,
    ...facts,
    candidates: [],
    champion: null,
    refused_data: true,
    set_aside_example: example,
  });
  return {
    output: {
      ...{ outcome: 'reject', run_id: plan.run_id, reason, challenger: null, champion_rev: rev, evidence },
      refused_data: true,
    },
    facts: { reason },
  };
}
