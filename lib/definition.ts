// Reads the state machine's definition and fits it to the settings. The file itself stays plain, parseable ASL.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ROOT } from './root.ts';
import type { Settings } from './settings.ts';

const mapSchema = z.looseObject({
  Type: z.literal('Map'),
  MaxConcurrency: z.number(),
  ItemProcessor: z.looseObject({ ProcessorConfig: z.record(z.string(), z.string()) }),
});
const definitionSchema = z.looseObject({
  States: z.looseObject({ CleanBatches: mapSchema, TrainCandidates: mapSchema }),
});
export type Definition = z.infer<typeof definitionSchema>;

export const DEFINITION_FILE = join(ROOT, 'statemachines', 'training-pipeline.asl.json');

/** The definition with its `${...}` placeholders; the Maps take their mode and concurrency from the settings. */
export function readDefinition({ cleanMap, concurrency }: Pick<Settings, 'cleanMap' | 'concurrency'>): Definition {
  const definition = definitionSchema.parse(JSON.parse(readFileSync(DEFINITION_FILE, 'utf8')));
  const { CleanBatches, TrainCandidates } = definition.States;
  CleanBatches.MaxConcurrency = concurrency.clean;
  TrainCandidates.MaxConcurrency = concurrency.train;
  if (cleanMap === 'distributed') {
    CleanBatches.ItemProcessor.ProcessorConfig = { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' };
  }
  return definition;
}
