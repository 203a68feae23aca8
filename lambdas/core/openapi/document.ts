// The OpenAPI 3.1 description of the API: https://spec.openapis.org/oas/v3.1.1
import * as z from 'zod';
import { HIGH_RISK_PRESET, LOW_RISK_PRESET } from '../encounter/examples.ts';
import { PROBLEM_MEDIA_TYPE } from '../problem/problem.ts';
import { problemSchema } from '../serving/answers.ts';
import { encounterJsonSchema, type JsonSchema } from './encounter.ts';
import { OPERATIONS, type Operation } from './operations.ts';
import { PIPELINE_OPERATIONS } from './pipeline-operations.ts';

const reference = (id: string) => `#/components/schemas/${id}`;

export function openApi(): JsonSchema {
  const paths: Record<string, Record<string, JsonSchema>> = {};
  for (const operation of [...OPERATIONS, ...PIPELINE_OPERATIONS]) {
    paths[operation.path] = { ...paths[operation.path], [operation.method]: operationObject(operation) };
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'readmit',
      version: '1',
      summary: 'Prediction of 30-day hospital readmission of patients with diabetes',
      description:
        'A statistical estimate for planning care, no diagnosis. Learned from 130 US hospitals, 1999-2008 ' +
        '(Strack et al. 2014, BioMed Research International 781670; UCI dataset 296, CC BY 4.0).',
    },
    // Relative to this document, since a stage on AWS puts its name before every path.
    servers: [{ url: '.' }],
    tags: ['Predictions', 'Service', 'Registry', 'Operations'].map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      schemas: { Encounter: encounterJsonSchema(), Batch: BATCH, ...components() },
    },
  };
}

const BATCH: JsonSchema = {
  type: 'object',
  required: ['encounters'],
  properties: {
    encounters: { type: 'array', minItems: 1, maxItems: 1000, items: { $ref: reference('Encounter') } },
  },
};

const EXAMPLES: Readonly<Record<string, JsonSchema>> = {
  Encounter: { low_risk: { value: LOW_RISK_PRESET }, high_risk: { value: HIGH_RISK_PRESET } },
  Batch: { two: { value: { encounters: [LOW_RISK_PRESET, HIGH_RISK_PRESET] } } },
};

function operationObject(operation: Operation): JsonSchema {
  const {
    method,
    path,
    tag,
    summary,
    description,
    parameters,
    body,
    status = 200,
    answer,
    problems = [],
    operator,
  } = operation;
  return {
    operationId: `${method}${path.replaceAll(/[/{}.-]+(\w?)/g, (_, letter: string) => letter.toUpperCase())}`,
    tags: [tag],
    summary,
    ...(description === undefined ? {} : { description }),
    ...(parameters === undefined ? {} : { parameters: parameters.map((p) => ({ ...p, required: p.in === 'path' })) }),
    ...(body === undefined
      ? {}
      : { requestBody: { required: true, content: { 'application/json': bodyObject(body) } } }),
    responses: {
      [status]: { description: 'The answer', content: answerContent(answer) },
      ...Object.fromEntries([...problems, 500].map((code) => [code, PROBLEM])),
    },
    ...(operator === true ? { security: [{ token: [] }] } : {}),
  };
}

function bodyObject(body: NonNullable<Operation['body']>): JsonSchema {
  if (typeof body !== 'string') return { schema: schemaOf(body) };
  return { schema: { $ref: reference(body) }, examples: EXAMPLES[body] };
}

function answerContent(answer: Operation['answer']): JsonSchema {
  if (typeof answer === 'string') return { [answer]: {} };
  return { 'application/json': { schema: schemaOf(answer) } };
}

const PROBLEM = {
  description: 'Problem details',
  content: { [PROBLEM_MEDIA_TYPE]: { schema: schemaOf(problemSchema) } },
};

/** Schemas with an id stand under components and are referred to. */
function schemaOf(schema: z.ZodType): JsonSchema {
  const id = z.globalRegistry.get(schema)?.id;
  return id === undefined ? z.toJSONSchema(schema) : { $ref: reference(id) };
}

function components(): JsonSchema {
  const { schemas } = z.toJSONSchema(z.globalRegistry, { uri: reference, io: 'input' });
  return Object.fromEntries(
    Object.entries(schemas).map(([id, { $schema: _schema, $id: _id, id: _name, ...schema }]) => [id, schema]),
  );
}
