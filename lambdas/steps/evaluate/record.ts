// Writes down an evaluation: beside the model, beside the run, in Tracking; and what Promote or Reject need of it.
import { now } from '../../aws/clock.ts';
import { putImmutable } from '../../aws/objects.ts';
import { registerModel } from '../../aws/registry.ts';
import type { StepResult } from '../../aws/step.ts';
import { runs } from '../../aws/tracking.ts';
import { canonicalJson } from '../../core/canonical.ts';
import type { Decision } from '../../core/run/decision.ts';
import { keys } from '../../core/run/keys.ts';
import type { Plan } from '../../core/run/plan.ts';
import { storeCard } from './card.ts';
import type { Evaluated } from './evaluated.ts';
import type { MeasuredModel } from './measure.ts';
import { datasetFacts, pointsOf, reportOf } from './report.ts';

const JSON_TYPE = 'application/json';

/** Registers the challenger: the gate's no leaves it in the registry, where an operator may still promote it. */
export async function register(plan: Plan, { sha256, signature }: MeasuredModel): Promise<number> {
  const registered = await registerModel({
    sha256,
    algorithm: signature.algorithm,
    run_id: signature.run_id,
    dataset_sha256: plan.dataset_sha256,
    created_at: now(),
  });
  return registered.version;
}

/** The evidence of one comparison: a later one with another champion has another key. */
const evidenceKey = (plan: Plan, rev: number) => keys.run(plan.run_id, `gate-against-rev-${rev}.json`);

export async function saveEvaluation(evaluated: Evaluated, startedAt: string): Promise<StepResult<Decision>> {
  const { plan, measured, challenger, comparison, version, head } = evaluated;
  for (const model of measured) {
    await putImmutable(keys.model(model.sha256, 'evaluation.json'), canonicalJson(model.evaluation), JSON_TYPE);
    await runs.saveMeasured(model.signature.run_id, {
      run_id: model.signature.run_id,
      chosen: model === challenger,
      onnx_parity: model.parity,
      test: pointsOf(model.evaluation),
    });
  }
  const rev = head?.rev ?? 0;
  const evidence = evidenceKey(plan, rev);
  await putImmutable(evidence, canonicalJson({ run_id: plan.run_id, version, ...comparison }), JSON_TYPE);
  const facts = await datasetFacts(plan);
  await storeCard(evaluated, facts, startedAt);
  await runs.saveReport(plan.run_id, reportOf(evaluated, facts));
  const { promote, reason } = comparison.gate;
  return {
    output: {
      outcome: promote ? 'promote' : 'reject',
      run_id: plan.run_id,
      reason,
      challenger: { name: challenger.name, version, model_sha256: challenger.sha256 },
      champion_rev: rev,
      evidence,
    },
    facts: { version, reason, parity: Math.max(...measured.map((model) => model.parity)) },
  };
}

/** Nothing to train on or to measure with: a value that the gate routes to Reject. */
export async function saveRefusal(plan: Plan, rev: number, reason: string): Promise<StepResult<Decision>> {
  const evidence = evidenceKey(plan, rev);
  const facts = await datasetFacts(plan);
  await putImmutable(evidence, canonicalJson({ run_id: plan.run_id, reason }), JSON_TYPE);
  await runs.saveReport(plan.run_id, { run_id: plan.run_id, ...facts, candidates: [], champion: null });
  return {
    output: { outcome: 'reject', run_id: plan.run_id, reason, challenger: null, champion_rev: rev, evidence },
    facts: { reason },
  };
}
