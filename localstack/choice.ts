// What npm start does with the data that is named and the data that the state holds: train, serve what is there, or say
// why the two cannot go together.
import { LocalFailure } from './failure.ts';
import type { StartOptions } from './options.ts';

/** What a state holds already. */
export interface Held {
  /** The one dataset that its rows are of; null while there is none. */
  readonly dataset: string | null;
  /** Version of the promoted model, or null. */
  readonly champion: number | null;
}

/** Whether nothing was asked but to start: then a promoted model is served, and nothing is trained. */
export function servesOnly(options: StartOptions, fallback: string | undefined, { champion }: Held): boolean {
  const asked = options.data ?? (fallback || undefined) ?? options.rows ?? options.search;
  return champion !== null && asked === undefined && !options.batchByBatch;
}

/** @throws LocalFailure when rows of this dataset would meet those of another */
export function assertSameDataset(dataset: string, held: Held): void {
  if (held.dataset === null || held.dataset === dataset) return;
  throw new LocalFailure(
    `The local state holds the dataset ${held.dataset}, and rows of ${dataset} never join it.`,
    'Forget it with npm start -- --fresh, or keep both: npm start -- --dataset NAME has rows, runs and models of its own.',
  );
}
