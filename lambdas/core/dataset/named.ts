// The datasets that this code knows, by name.
import * as z from 'zod';
import type { Dataset } from './dataset.ts';
import { DIABETES_130 } from './diabetes-130/index.ts';
import { SAMPLE } from './sample.ts';

export const DATASETS: readonly Dataset[] = [DIABETES_130, SAMPLE];

/** What a file is taken for unless something else is said: never a sample, so that real rows are not called generated. */
export const DEFAULT_DATASET = DIABETES_130;

/** Names of the datasets, as a request may give them. */
export const datasetNameSchema = z.enum(DATASETS.map(({ name }) => name));

export class UnknownDatasetError extends Error {
  override readonly name = 'UnknownDatasetError';
  constructor(name: string) {
    super(`there is no dataset ${JSON.stringify(name.slice(0, 60))}: expected one of ${names()}`);
  }
}

/** @throws UnknownDatasetError */
export function datasetNamed(name: string): Dataset {
  const found = DATASETS.find((dataset) => dataset.name === name);
  if (found === undefined) throw new UnknownDatasetError(name);
  return found;
}

const names = () => DATASETS.map(({ name }) => name).join(', ');
