import { describe, expect, it } from 'vitest';
import { DIABETES_130 } from '../../core/dataset/diabetes-130/index.ts';
import { featureSet } from '../../core/encounter/features/index.ts';
import type { LabelledMatrix } from '../../core/encounter/matrix.ts';
import { reasonNotToTrain } from './rows.ts';

const { features } = featureSet(DIABETES_130);
const rowsOf = (...labels: number[]): LabelledMatrix => ({
  features,
  rows: labels.length,
  values: new Float32Array(labels.length * features.length),
  labels: Uint8Array.from(labels),
  groups: new Float64Array(labels.length),
});

describe('whether rows can be trained on', () => {
  it('they can when both splits hold both classes', () => {
    expect(reasonNotToTrain({ train: rowsOf(0, 1), validation: rowsOf(1, 0) })).toBeNull();
  });

  it('a file whose rows are all in quarantine is a sentence, not a crash', () => {
    expect(reasonNotToTrain({ train: rowsOf(), validation: rowsOf() })).toMatch(/no usable train rows/);
  });

  it('names the split that has one class only', () => {
    expect(reasonNotToTrain({ train: rowsOf(0, 1), validation: rowsOf(0, 0) })).toMatch(
      /none of the 2 validation rows/,
    );
    expect(reasonNotToTrain({ train: rowsOf(1, 1), validation: rowsOf(0, 1) })).toMatch(/all 2 train rows/);
  });
});
