// The challenger's model card and the list of its files, beside the model.
import { putFirst, putImmutable } from '../../aws/objects.ts';
import { canonicalJson, sha256Hex } from '../../core/canonical.ts';
import { makeCard } from '../../core/card/card.ts';
import { keys } from '../../core/run/keys.ts';
import type { Evaluated } from './evaluated.ts';
import type { DatasetFacts } from './report.ts';

const JSON_TYPE = 'application/json';

/** The card tells of the first evaluation; a later one against another champion is evidence of its run alone. */
export async function storeCard(evaluated: Evaluated, facts: DatasetFacts, startedAt: string): Promise<void> {
  const { plan, challenger, comparison, version } = evaluated;
  const { sha256, signature, evaluation } = challenger;
  const card = makeCard({
    signature,
    evaluation,
    gate: comparison.gate,
    dataset: {
      sha256: plan.dataset_sha256,
      synthetic: facts.synthetic,
      rows: facts.rows,
      quarantined: Object.values(facts.quarantined).reduce((sum, rows) => sum + rows, 0),
      eligible: facts.splits,
    },
    version,
    date: startedAt,
    reproducibility: `run ${signature.run_id} of plan runs/${plan.run_id}/plan.json: code ${plan.code_version}, dataset ${plan.dataset_sha256}, seed ${plan.candidates[challenger.index]?.seed}`,
  });
  const manifest = {
    model_sha256: sha256,
    plan: keys.plan(plan.run_id),
    files: { ...challenger.files, 'evaluation.json': sha256Hex(canonicalJson(evaluation)) },
  };
  await putImmutable(keys.model(sha256, 'manifest.json'), canonicalJson(manifest), JSON_TYPE);
  await putFirst(keys.model(sha256, 'card.json'), canonicalJson(card), JSON_TYPE);
}
