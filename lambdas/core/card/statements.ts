// What a model card says of every model of this project: where the data is from, what the model is for and is not for.
import { FIELD_LIST } from '../encounter/contract.ts';

/** Strack et al. 2014; UCI Machine Learning Repository, dataset 296. */
export const DATA_SOURCE = {
  name: 'Diabetes 130-US Hospitals for Years 1999-2008',
  citation:
    'Strack B, DeShazo JP, Gennings C, Olmo JL, Ventura S, Cios KJ, Clore JN. Impact of HbA1c Measurement on Hospital Readmission Rates: Analysis of 70,000 Clinical Database Patient Records. BioMed Research International 2014, article 781670.',
  repository: 'UCI Machine Learning Repository, dataset 296',
  url: 'https://archive.ics.uci.edu/dataset/296',
  license: 'CC BY 4.0',
} as const;

export const INTENDED_USE = {
  purpose:
    'Estimates, at discharge, the probability that a hospital stay of a patient with diabetes is followed by an inpatient readmission within 30 days, so that follow-up care can be offered first where it is likeliest to help.',
  users: ['Discharge planners and care managers, beside their own judgement', 'Analysts who study readmission'],
  not_for: [
    'Deciding alone on discharge, treatment, coverage or payment',
    'Patients without diabetes, and stays that ended in death or hospice care',
    'Any health system on which it has not been validated first',
  ],
} as const;

export const LIMITS = [
  'The encounters are of 130 United States hospitals from 1999 to 2008: coding, medication and readmission practice have changed since.',
  'Only readmissions within the participating hospitals are known; a death after discharge looks like no readmission.',
  `Discrimination is modest: many readmissions have causes that the ${FIELD_LIST.length} fields do not hold.`,
  'About half of the encounters lack the medical specialty; HbA1c and glucose were not measured in most, which is information by itself.',
  'Probabilities describe groups like those in the data, not what will happen to one patient; contributions to a prediction are not causes.',
] as const;

export const ETHICS = [
  'Race, gender and age are inputs. They carry differences in access to care as much as in health: compare the subgroups below before relying on the model for any of them.',
  'A high estimate should only ever add care. Using it to deny or to shorten care would turn past shortage into a rule.',
  'The data is de-identified and public; no field of the model identifies a patient.',
] as const;

export const METRIC_NOTES: Readonly<Record<string, string>> = {
  auroc: 'AUROC: chance that a readmitted stay ranks above one that was not; .5 is guessing',
  auprc: 'AUPRC: average precision; the prevalence is guessing',
  log_loss: 'Log loss: lower is better',
  brier: 'Brier score: mean squared error of the probability; lower is better',
  ece: 'ECE: mean gap between predicted and observed, 10 bins of equal mass',
  accuracy: 'Accuracy at the threshold: always answering "no" is as high, so it decides nothing',
  precision: 'Precision: share of flagged stays that were readmitted',
  recall: 'Recall: share of readmitted stays that were flagged',
  f1: 'F1 at the threshold',
  flagged_share: 'Share of stays flagged',
};
