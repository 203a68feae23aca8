import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { describe, expect, it } from 'vitest';
import { BEDSIDE_SCORES, BedsideGatherer } from '../../lambdas/core/bedside/scores.ts';
import { DEFAULT_CANDIDATES } from '../../lambdas/core/candidates/candidate.ts';
import { fitCandidate } from '../../lambdas/core/candidates/fit.ts';
import { probabilities } from '../../lambdas/core/candidates/score.ts';
import { DEFAULT_DATASET } from '../../lambdas/core/dataset/named.ts';
import { encounterSchema } from '../../lambdas/core/encounter/contract.ts';
import { featureSet } from '../../lambdas/core/encounter/features/index.ts';
import { weightedAuroc } from '../../lambdas/core/evaluation/auroc.ts';
import { numberPatients, rankRows } from '../../lambdas/core/evaluation/ranking.ts';
import { chooseThreshold } from '../../lambdas/core/evaluation/threshold.ts';
import { readEncounters } from './read-encounters.ts';

const file = process.env.READMIT_DATA ?? '';
const { features, write } = featureSet(DEFAULT_DATASET);
const gatherer = () => new BedsideGatherer(DEFAULT_DATASET.coding);
/** It reads 100,000 rows and fits a model: seconds on a quiet machine. */
const PATIENCE = { timeout: 300_000 };
const SPLIT_SALT = 'diabetes130-v1';

describe.skipIf(!existsSync(file))('on the real file, named by READMIT_DATA', () => {
  it(
    'bedside scores rank all eligible stays as an independent implementation found: .607, .567 and .600',
    PATIENCE,
    async () => {
      const bySplit = { train: gatherer(), validation: gatherer(), test: gatherer() };
      const rows = await readEncounters(file, SPLIT_SALT, (encounter, split) => bySplit[split].add(encounter));
      const splits = ['train', 'validation', 'test'] as const;
      const labels = Uint8Array.from(splits.flatMap((split) => [...rows[split].labels]));
      const patients = numberPatients(Float64Array.from(splits.flatMap((split) => [...rows[split].groups])));
      const aurocs = BEDSIDE_SCORES.map(({ name }, index) => {
        const points = splits.flatMap((split) => bySplit[split].points[index] ?? []);
        const highest = points.reduce((most, value) => Math.max(most, value), 1);
        const ranking = rankRows(
          labels,
          Float64Array.from(points, (value) => value / highest),
          patients,
        );
        return [name, weightedAuroc(ranking, new Uint8Array(labels.length).fill(1))];
      });
      expect(Object.fromEntries(aurocs)).toEqual({
        number_inpatient: expect.closeTo(0.607, 2),
        lace_like: expect.closeTo(0.567, 2),
        hospital_like: expect.closeTo(0.6, 2),
      });
    },
  );

  it('the example patients answer as their names say, with room on both sides', PATIENCE, async () => {
    const rows = await readEncounters(file, SPLIT_SALT);
    const { model } = await fitCandidate(DEFAULT_CANDIDATES[0], rows, { threads: availableParallelism() });
    const threshold = chooseThreshold(probabilities(model, rows.validation)).value;
    const meanRate = rows.train.labels.reduce((sum, label) => sum + label, 0) / rows.train.rows;
    const answerTo = (name: string) => {
      const body: unknown = JSON.parse(readFileSync(new URL(`../examples/${name}.json`, import.meta.url), 'utf8'));
      const values = new Float32Array(features.length);
      write(encounterSchema.parse(body), values, 0);
      return probabilities(model, { features, rows: 1, values })[0];
    };
    expect(answerTo('high-risk')).toBeGreaterThan(1.3 * threshold);
    expect(answerTo('low-risk')).toBeLessThan(0.6 * meanRate);
  });
});
