// What clients of /predict and /predict/batch may rely on.
import { HIGH_RISK_PRESET, LOW_RISK_PRESET } from '../../../lambdas/core/encounter/examples.ts';
import { batchSchema, predictionSchema } from '../../../lambdas/core/serving/answers.ts';
import { type Expectation, JSON_ANSWER, refused } from './expectation.ts';

const predict = (name: string, body: unknown, more: Partial<Expectation> = {}): Expectation => ({
  ...{
    name,
    method: 'POST',
    path: '/predict',
    body,
    status: 200,
    answerHeaders: JSON_ANSWER,
    shape: predictionSchema.strict(),
  },
  ...more,
});
const wrong = (field: string, value: unknown): Expectation =>
  refused(`${field} ${JSON.stringify(value) ?? 'left out'} is refused by name`, 422, {
    body: { ...LOW_RISK_PRESET, [field]: value },
    fields: [`/${field}`],
  });
const without = (...fields: readonly string[]) =>
  Object.fromEntries(Object.entries(LOW_RISK_PRESET).filter(([name]) => !fields.includes(name)));

/** Needs a promoted model. */
export const PREDICTIONS: readonly Expectation[] = [
  predict('the low-risk example is predicted', LOW_RISK_PRESET),
  predict('the high-risk example is predicted', HIGH_RISK_PRESET, { answerHeaders: JSON_ANSWER }),
  predict('null stands for what is not known', {
    ...LOW_RISK_PRESET,
    max_glu_serum: null,
    a1c_result: null,
    diag_2: null,
    diag_3: null,
    medical_specialty: null,
  }),
  predict(
    'optional fields may be left out',
    without('max_glu_serum', 'a1c_result', 'diag_2', 'diag_3', 'medical_specialty'),
  ),
  predict('fields beyond the contract are ignored', { ...LOW_RISK_PRESET, patient_nbr: 1, weight: '?' }),
  predict('an explanation comes on request', LOW_RISK_PRESET, {
    path: '/predict?explain=true',
    contains: '"contributions"',
  }),
  predict(
    'a died patient is predicted with a warning',
    { ...LOW_RISK_PRESET, discharge_disposition_id: 11 },
    { contains: 'ineligible_disposition' },
  ),
  predict(
    'an id without meaning is predicted with a warning',
    { ...LOW_RISK_PRESET, admission_type_id: 8 },
    { contains: 'unmapped_id' },
  ),
  predict('a media type with a charset is JSON', LOW_RISK_PRESET, {
    headers: { 'content-type': 'application/json; charset=utf-8' },
  }),
  predict('a byte order mark before the body is passed over', `\uFEFF${JSON.stringify(LOW_RISK_PRESET)}`),
  predict(
    'text beyond ASCII arrives whole',
    { ...LOW_RISK_PRESET, medical_specialty: 'Cardiología' },
    { contains: 'unseen_value' },
  ),

  wrong('age_bucket', '75'),
  wrong('time_in_hospital', 0),
  wrong('time_in_hospital', 15),
  wrong('time_in_hospital', '3'),
  wrong('num_lab_procedures', -1),
  wrong('num_medications', 1.5),
  wrong('gender', undefined),
  wrong('race', 'Martian'),
  wrong('insulin', 'Maybe'),
  wrong('change_med', 'Yes'),
  wrong('diabetes_med', null),
  wrong('max_glu_serum', '>400'),
  wrong('a1c_result', 7),
  wrong('diag_1', 'diabetes'),
  wrong('medical_specialty', ''),
  wrong('admission_type_id', null),
  wrong('discharge_disposition_id', 'home'),
  wrong('admission_source_id', 0),
  refused('every wrong field is named at once', 422, {
    body: { ...LOW_RISK_PRESET, race: 1, insulin: 2 },
    fields: ['/race', '/insulin'],
  }),
  refused('a list is no encounter', 422, { body: [LOW_RISK_PRESET] }),
  refused('a number is no encounter', 422, { body: '7' }),
  refused('an unknown value of a query parameter is refused', 422, {
    path: '/predict?explain=perhaps',
    fields: ['/explain'],
  }),
  refused('a query parameter that comes twice is refused', 422, {
    path: '/predict?explain=true&explain=false',
    fields: ['/explain'],
  }),
  refused('a risk is not changed by a second value of the same name', 400, {
    body: JSON.stringify(LOW_RISK_PRESET).replace('{', '{"number_inpatient": 9, '),
  }),
  refused('what is not JSON is malformed', 400, { body: '{"race": ' }),
  refused('an empty body is malformed', 400, { body: '' }),
  refused('a form is no JSON', 415, {
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'race=Asian',
  }),
  refused('a body far beyond the contract is too large', 413, {
    body: { ...LOW_RISK_PRESET, extra: 'x'.repeat(70_000) },
  }),

  predict(
    'a batch is answered in order, errors at their places',
    { encounters: [LOW_RISK_PRESET, { ...LOW_RISK_PRESET, race: 1 }, HIGH_RISK_PRESET] },
    {
      path: '/predict/batch',
      shape: batchSchema.refine(({ results }) => results.map(({ ok }) => ok).join() === 'true,false,true'),
      contains: '/race',
    },
  ),
  predict('a bare list is a batch too', [LOW_RISK_PRESET], { path: '/predict/batch', shape: batchSchema }),
  predict(
    'a thousand encounters fit in a batch',
    Array.from({ length: 1000 }, () => LOW_RISK_PRESET),
    { path: '/predict/batch', shape: batchSchema },
  ),
  refused('a batch of none is refused', 422, { path: '/predict/batch', body: [], fields: ['/encounters'] }),
  refused('a batch of 1,001 is refused', 422, {
    path: '/predict/batch',
    body: Array.from({ length: 1001 }, () => ({})),
    fields: ['/encounters'],
  }),
  refused('a batch is a list', 422, { path: '/predict/batch', body: { encounters: 'all' } }),
];
