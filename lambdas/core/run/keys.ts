// Where everything lies in the data bucket. The split is in the key so that IAM can refuse the test rows to Train.

import type { Split } from '../encounter/split.ts';

export const keys = {
  rawPart: (batchId: number) => `raw/batch_id=${batchId}/part.csv`,
  /** Both are named by their sha256, which the log of claims holds: a claim that lost a race leaves another name. */
  rawManifest: (batchId: number, sha256: string) => `raw/batch_id=${batchId}/manifest-${sha256}.json`,
  rawEncounterIds: (batchId: number, sha256: string) => `raw/batch_id=${batchId}/encounter_ids-${sha256}.bin`,
  cleanPart: (split: Split, batchId: number) => `clean/split=${split}/batch_id=${batchId}/part.parquet`,
  profile: (batchId: number) => `profile/batch_id=${batchId}/profile.json`,
  quarantine: (batchId: number) => `quarantine/batch_id=${batchId}/rows.jsonl`,
  /** Ids of rows that were refused: they hold no claim. Written by whoever asks first, Clean or a later claim. */
  refusedIds: (batchId: number) => `profile/batch_id=${batchId}/refused_ids.bin`,
  plan: (runId: string) => `runs/${runId}/plan.json`,
  candidate: (runId: string, index: number, file: string) => `runs/${runId}/candidates/${index}/${file}`,
  run: (runId: string, file: string) => `runs/${runId}/${file}`,
  model: (sha256: string, file: ModelFile) => `models/${sha256}/${file}`,
} as const;

/** The run_id of one candidate of a pipeline run. */
export const candidateRunId = (runId: string, index: number) => `${runId}-${String(index).padStart(2, '0')}`;

export type ModelFile =
  | 'model.onnx'
  | 'trees.json'
  | 'signature.json'
  | 'evaluation.json'
  | 'test-scores.bin'
  | 'card.json'
  | 'manifest.json'
  /** in-toto statement over all the others, in a DSSE envelope and a Sigstore bundle. */
  | 'model.sig';
