import { describe, expect, it } from 'vitest';
import { DEFAULT_DATASET } from '../dataset/named.ts';
import { type Encounter, encounterSchema } from '../encounter/contract.ts';
import { LOW_RISK_PRESET } from '../encounter/examples.ts';
import { scoreProbabilities } from './probabilities.ts';
import { BEDSIDE_SCORES, BedsideGatherer } from './scores.ts';

const stay: Encounter = encounterSchema.parse({ ...LOW_RISK_PRESET, race: 'Caucasian', gender: 'Female' });
const pointsOf = (changes: Partial<Encounter>) => {
  const gatherer = new BedsideGatherer(DEFAULT_DATASET.coding);
  gatherer.add({ ...stay, ...changes });
  return Object.fromEntries(BEDSIDE_SCORES.map(({ name }, index) => [name, gatherer.points[index]?.[0]]));
};

describe('bedside scores', () => {
  it('count what their papers count', () => {
    const quiet: Partial<Encounter> = { admission_type_id: 3, diag_1: '401', time_in_hospital: 1 };
    expect(pointsOf(quiet)).toEqual({ number_inpatient: 0, lace_like: 1, hospital_like: 0 });
    expect(pointsOf({ ...quiet, admission_type_id: 1 })).toMatchObject({ lace_like: 4, hospital_like: 1 });
    expect(pointsOf({ ...quiet, time_in_hospital: 5 })).toMatchObject({ lace_like: 4, hospital_like: 2 });
    expect(pointsOf({ ...quiet, num_procedures: 2 })).toMatchObject({ hospital_like: 1 });
    expect(pointsOf({ ...quiet, number_inpatient: 1 })).toMatchObject({ number_inpatient: 1, hospital_like: 2 });
    expect(pointsOf({ ...quiet, number_inpatient: 6 })).toMatchObject({ number_inpatient: 6, hospital_like: 5 });
    expect(pointsOf({ ...quiet, number_emergency: 9, diag_2: '428' })).toMatchObject({ lace_like: 6 });
  });

  it('say what they lack', () => {
    for (const { missing, source } of BEDSIDE_SCORES)
      expect([missing, source].every((text) => text.length > 5)).toBe(true);
  });

  it('become the rate of those with as many points, and the mean rate when points mean nothing', () => {
    const points = [0, 0, 0, 0, 1, 1, 1, 1];
    const rising = scoreProbabilities({ points, labels: Uint8Array.of(0, 0, 0, 1, 0, 0, 1, 1) }, { points: [0, 1] });
    expect([...rising].map((p) => Number(p.toFixed(6)))).toEqual([0.25, 0.5]);
    const falling = scoreProbabilities({ points, labels: Uint8Array.of(0, 1, 1, 1, 0, 0, 0, 1) }, { points: [0, 1] });
    expect([...falling]).toEqual([0.5, 0.5]);
  });
});
