// The generated sample: rows in the form of the public data, drawn from its figures. Nobody stands behind them.
import type { Dataset } from './dataset.ts';
import { DIABETES_130 } from './diabetes-130/index.ts';

export const SAMPLE: Dataset = {
  ...DIABETES_130,
  name: 'generated-sample',
  synthetic: true,
  provenance: {
    ...DIABETES_130.provenance,
    name: `Generated sample, made after the figures of ${DIABETES_130.provenance.name}`,
    population: { en: 'generated encounters, of no patient', es: 'episodios generados, de ningún paciente' },
  },
  limits: ['Trained on a generated sample: no figure here says anything about patients.', ...DIABETES_130.limits],
};
