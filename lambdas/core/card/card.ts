// The model card (Mitchell et al. 2019): what a model is, what it was made of, what it is worth, and where its limits are.

import * as z from 'zod';
import { type SimplerWay, simplerWaySchema } from '../bedside/simpler-ways.ts';
import type { Signature } from '../candidates/signature.ts';
import type { Dataset } from '../dataset/dataset.ts';
import { type Evaluation, evaluationSchema } from '../evaluation/schema.ts';
import { type GateDecision, gateDecisionSchema } from '../gate/decision.ts';
import { ETHICS, INTENDED_USE, LIMITS } from './statements.ts';

const count = z.int().min(0);

/** How the rows came to be what the model saw. */
export const datasetFactsSchema = z.object({
  /** Names the rows: sha256 over the batches. */
  sha256: z.string(),
  /** True for a generated sample: then no figure says anything about patients. */
  synthetic: z.boolean(),
  rows: count,
  quarantined: count,
  /** Batches that were taken back, and are not among the rows. */
  withdrawn: z.array(z.object({ batch_id: z.int(), rows: count, reason: z.string() })).default([]),
  /** Rows that did not end in death or hospice care, by split. */
  eligible: z.object({ train: count, validation: count, test: count }),
});

const strings = z.array(z.string());

export const modelCardSchema = z.object({
  model: z.object({
    name: z.string(),
    /** Registry version; null while it is not registered. */
    version: z.int().nullable(),
    algorithm: z.string(),
    run_id: z.string(),
    /** ISO 8601, given by the caller. */
    date: z.string(),
    inputs: strings,
    features: z.int(),
    output: z.string(),
    license: z.string(),
  }),
  intended_use: z.object({ purpose: z.string(), users: strings, not_for: strings }),
  training_data: z.object({
    source: z.object({
      name: z.string(),
      citation: z.string(),
      repository: z.string(),
      url: z.string(),
      license: z.string(),
    }),
    /** What ineligible stays have in common. */
    ineligible: z.string().default('ended in death or hospice care'),
    facts: datasetFactsSchema,
    positives: count,
    split: z.string(),
  }),
  threshold: z.object({ policy: z.string(), value: z.number() }),
  /** On test rows, which neither fitting nor choosing saw. */
  evaluation: evaluationSchema.omit({ curves: true }),
  calibration: evaluationSchema.shape.curves.shape.calibration,
  /** What is simpler, on the same test rows; cards made before these were measured have none. */
  simpler_ways: z.array(simplerWaySchema).default([]),
  gate: gateDecisionSchema,
  limits: strings,
  ethical_considerations: strings,
  /** How to get the same bytes again. */
  reproducibility: z.string(),
});

export type DatasetFacts = Readonly<z.infer<typeof datasetFactsSchema>>;
export type ModelCard = Readonly<z.infer<typeof modelCardSchema>>;

export interface CardParts {
  readonly signature: Signature;
  readonly evaluation: Evaluation;
  readonly gate: GateDecision;
  /** What the rows are of: the card cites it and names its limits. */
  readonly source: Dataset;
  readonly simplerWays: readonly SimplerWay[];
  readonly dataset: DatasetFacts;
  readonly version: number | null;
  /** ISO 8601. */
  readonly date: string;
  /** One line: code version, data, seed and command that give the same model. */
  readonly reproducibility: string;
}

export function makeCard(parts: CardParts): ModelCard {
  const { signature, dataset, source } = parts;
  const { name, citation, repository, url, license } = source.provenance;
  const { curves, ...evaluation } = parts.evaluation;
  const share = (100 * signature.threshold.share).toFixed(0);
  return {
    model: {
      name: signature.model_name,
      version: parts.version,
      algorithm: signature.algorithm,
      run_id: signature.run_id,
      date: parts.date,
      inputs: [...new Set(signature.features.flatMap(({ sources }) => sources))].sort(),
      features: signature.features.length,
      output: 'probability of an inpatient readmission within 30 days of discharge',
      license: `MIT (code); figures derive from data under ${license}`,
    },
    intended_use: { ...INTENDED_USE, users: [...INTENDED_USE.users], not_for: [...INTENDED_USE.not_for] },
    training_data: {
      source: { name, citation, repository, url, license },
      ineligible: source.eligibility.because,
      facts: dataset,
      positives: signature.training_data.positives,
      split: 'by patient, from a salted hash: 80 % training, 10 % validation, 10 % test; no patient is on two sides',
    },
    threshold: {
      policy: `the top ${share} % of validation rows by risk are flagged`,
      value: signature.threshold.value,
    },
    evaluation,
    calibration: curves.calibration,
    simpler_ways: [...parts.simplerWays],
    gate: parts.gate,
    limits: [...source.limits, ...LIMITS],
    ethical_considerations: [...ETHICS],
    reproducibility: parts.reproducibility,
  };
}
