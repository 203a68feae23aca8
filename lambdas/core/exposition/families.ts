// Every metric that readmit publishes, from one snapshot. /metrics and the exporter take theirs from here.
import type { Family } from './family.ts';
import { modelFamilies } from './model-families.ts';
import { pipelineFamilies } from './pipeline-families.ts';
import { predictionFamilies } from './prediction-families.ts';
import type { Snapshot } from './snapshot.ts';

export function familiesOf(snapshot: Snapshot): Family[] {
  return [...predictionFamilies(snapshot.counts), ...pipelineFamilies(snapshot), ...modelFamilies(snapshot)];
}
