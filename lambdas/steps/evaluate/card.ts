// The challenger's model card and the list of its files, beside the model.
import { putFirst, putImmutable, readObject } from '../../aws/objects.ts';
import { modelKey } from '../../aws/signing.ts';
import { simplerWays } from '../../core/bedside/simpler-ways.ts';
import { canonicalJson, sha256Hex } from '../../core/canonical.ts';
import { makeCard } from '../../core/card/card.ts';
import { datasetNamed } from '../../core/dataset/named.ts';
import { bundleOf, IN_TOTO, preAuthEncoding } from '../../core/provenance/dsse.ts';
import type { ModelManifest } from '../../core/provenance/model-manifest.ts';
import { modelStatement } from '../../core/provenance/model-statement.ts';
import { keys } from '../../core/run/keys.ts';
import type { Evaluated } from './evaluated.ts';
import type { DatasetFacts } from './report.ts';

const JSON_TYPE = 'application/json';

/** Each signature of the same statement has other bytes: the first one stays. */
async function signModel(manifest: ModelManifest, manifestSha256: string): Promise<void> {
  const key = modelKey();
  if (key === null) return;
  const statement = modelStatement(manifest, manifestSha256);
  const signature = await key.sign(preAuthEncoding(IN_TOTO, statement));
  const bundle = bundleOf(statement, signature, await key.publicKey());
  await putFirst(keys.model(manifest.model_sha256, 'model.sig'), bundle, JSON_TYPE);
}

/**
 * The card tells of the first evaluation; a later one against another champion is evidence of its run alone.
 * Returns the sha256 of the manifest, which holds those of all the model's files.
 */
export async function storeCard(evaluated: Evaluated, facts: DatasetFacts, startedAt: string): Promise<string> {
  const { plan, parts, challenger, comparison, version } = evaluated;
  const { sha256, signature, evaluation } = challenger;
  const card = makeCard({
    signature,
    evaluation,
    gate: comparison.gate,
    source: datasetNamed(plan.dataset.name),
    simplerWays: simplerWays(comparison.baselines),
    dataset: {
      sha256: plan.dataset_sha256,
      synthetic: facts.synthetic,
      rows: facts.rows,
      withdrawn: [...facts.withdrawn],
      quarantined: Object.values(facts.quarantined).reduce((sum, rows) => sum + rows, 0),
      eligible: facts.splits,
    },
    version,
    date: startedAt,
    reproducibility: `run ${signature.run_id} of plan runs/${plan.run_id}/plan.json: code ${plan.code_version}, dataset ${plan.dataset_sha256}, seed ${plan.candidates[challenger.index]?.seed}`,
  });
  const cardKey = keys.model(sha256, 'card.json');
  const isFirst = await putFirst(cardKey, canonicalJson(card), JSON_TYPE);
  const stored = isFirst ? canonicalJson(card) : await readObject(cardKey);
  const manifest: ModelManifest = {
    model_sha256: sha256,
    version,
    run_id: signature.run_id,
    plan: keys.plan(plan.run_id),
    plan_sha256: sha256Hex(canonicalJson(plan)),
    dataset_sha256: plan.dataset_sha256,
    code_version: plan.code_version,
    clean: parts.map(({ batch_id, parts: hashes }) => ({ batch_id, ...hashes })),
    files: {
      ...challenger.files,
      'evaluation.json': sha256Hex(canonicalJson(evaluation)),
      'card.json': sha256Hex(stored),
    },
  };
  const text = canonicalJson(manifest);
  await putImmutable(keys.model(sha256, 'manifest.json'), text, JSON_TYPE);
  await signModel(manifest, sha256Hex(text));
  return sha256Hex(text);
}
