// Where the data comes from, and what its figures cannot say.
import { FIELD_LIST } from '../../encounter/fields/index.ts';
import type { Provenance } from '../dataset.ts';

export const PROVENANCE: Provenance = {
  name: 'Diabetes 130-US Hospitals for Years 1999-2008',
  population: { en: '130 US hospitals, 1999–2008', es: '130 hospitales de EE. UU., 1999–2008' },
  citation:
    'Strack B, DeShazo JP, Gennings C, Olmo JL, Ventura S, Cios KJ, Clore JN. Impact of HbA1c Measurement on Hospital ' +
    'Readmission Rates: Analysis of 70,000 Clinical Database Patient Records. BioMed Research International 2014, ' +
    'article 781670.',
  repository: 'UCI Machine Learning Repository, dataset 296',
  url: 'https://archive.ics.uci.edu/dataset/296',
  license: 'CC BY 4.0',
};

export const LIMITS: readonly string[] = [
  'The encounters are of 130 United States hospitals from 1999 to 2008: coding, medication and readmission practice have changed since.',
  'Only readmissions within the participating hospitals are known; a death after discharge looks like no readmission.',
  `Discrimination is modest: many readmissions have causes that the ${FIELD_LIST.length} fields do not hold.`,
  'About half of the encounters lack the medical specialty; HbA1c and glucose were not measured in most, which is information by itself.',
];
