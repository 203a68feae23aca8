// What a model card says of every model of this project: what it is for and is not for, and how its figures are read.

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

/** True of every model here, whatever it was trained on; the dataset has limits of its own. */
export const LIMITS = [
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
