import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { z } from 'zod';
import { freePort } from '../engine/ports.ts';
import { type Gateway, startGateway } from '../gateway/gateway.ts';
import { stack, trainSample } from './stack.ts';

const main = stack('main');
const EXAMPLES = ['low-risk', 'high-risk', 'third-patient'];
const bodySchema = z.record(z.string(), z.unknown());
const example = (name: string) =>
  bodySchema.parse(JSON.parse(readFileSync(join(import.meta.dirname, '..', 'examples', `${name}.json`), 'utf8')));

const predictionSchema = z.looseObject({
  prediction: z.literal([0, 1]),
  probability: z.number().gt(0).lt(1),
  risk_level: z.literal(['High Risk (<30 days)', 'Low Risk (>30 days or No)']),
  model_name: z.literal('diabetic_risk_model'),
  model_version: z.string().min(1),
  model_stage: z.literal('Production'),
  threshold: z.number().gt(0).lt(1),
  request_id: z.string().min(1),
  warnings: z.array(z.unknown()),
});

/** One value for each field that a careless client might send. */
const INVALID = {
  race: 'Martian',
  gender: 'x',
  age_bucket: '[70-75)',
  time_in_hospital: 15,
  num_lab_procedures: -1,
  num_procedures: 1.5,
  num_medications: 'eleven',
  number_outpatient: -1,
  number_emergency: -1,
  number_inpatient: -1,
  number_diagnoses: -1,
  max_glu_serum: 'high',
  a1c_result: 'low',
  insulin: 'Sometimes',
  change_med: 'yes',
  diabetes_med: 'no',
  diag_1: 'flu',
  diag_2: 'flu',
  diag_3: 'flu',
  medical_specialty: 7,
  admission_type_id: 99,
  discharge_disposition_id: 99,
  admission_source_id: 99,
};

let gateway: Gateway;

beforeAll(async () => {
  await trainSample(main);
  gateway = await startGateway({
    endpoint: inject('endpoint'),
    credentials: inject('credentials'),
    apiId: main.outputs.ApiId,
    port: await freePort(),
    codeDirectory: join(inject('folder'), 'code'),
  });
});
afterAll(() => gateway.stop());

describe.each([
  ['the local gateway', () => gateway.url],
  ["the engine's own API Gateway", () => `${inject('endpoint')}/restapis/${main.outputs.ApiId}/v1/_user_request_`],
])('the API through %s', (_, base) => {
  const post = (path: string, body: unknown) =>
    fetch(base() + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });

  it.each(EXAMPLES)('answers the example %s in full', async (name) => {
    const response = await post('/predict', example(name));
    expect(response.status).toBe(200);
    const { prediction, probability, threshold, risk_level } = predictionSchema.parse(await response.json());
    expect(prediction).toBe(probability >= threshold ? 1 : 0);
    expect(risk_level.startsWith('High')).toBe(prediction === 1);
  });

  it.each(Object.entries(INVALID))('refuses a wrong %s by its name', async (field, value) => {
    const response = await post('/predict', { ...example('low-risk'), [field]: value });
    expect(response.status).toBe(422);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    const { errors } = z
      .looseObject({ errors: z.array(z.looseObject({ field: z.string() })) })
      .parse(await response.json());
    expect(errors.map((error) => error.field)).toEqual([field]);
  });

  it('tells of its model and its health', async () => {
    const health = await fetch(`${base()}/health`);
    expect(health.status).toBe(200);
    expect(await health.json()).toMatchObject({ status: 'healthy', registry_connected: true, model_loaded: true });
    const info = await fetch(`${base()}/model-info`);
    expect(await info.json()).toMatchObject({
      model_name: 'diabetic_risk_model',
      model_version: '1',
      model_stage: 'Production',
      accuracy: expect.any(Number),
      f1_score: expect.any(Number),
    });
    expect((await post('/reload-model', {})).status).toBe(200);
  });
});
