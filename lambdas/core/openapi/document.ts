// The OpenAPI 3.1 description of the API: https://spec.openapis.org/oas/v3.1.1
import * as z from 'zod';
import type { AuthMode } from '../routes/route.ts';
import { ROUTES } from '../routes/table.ts';
import { MAX_BATCH } from '../serving/requests.ts';
import { encounterJsonSchema, type JsonSchema } from './encounter.ts';
import { operationOf, reference } from './operation.ts';

/** @param auth of the deployment: whether routes that show data take a token */
export function openApi(auth: AuthMode): JsonSchema {
  const paths: Record<string, Record<string, JsonSchema>> = {};
  for (const route of ROUTES) {
    if (route.undescribed === true) continue;
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operationOf(route, auth) };
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'readmit',
      version: '1',
      summary: 'Prediction of 30-day hospital readmission of patients with diabetes',
      description:
        'A statistical estimate for planning care, no diagnosis. GET /model-info says which data the served model ' +
        'learned from, and whether any patient stands behind it.',
    },
    // Relative to this document, since a stage on AWS puts its name before every path.
    servers: [{ url: '.' }],
    tags: ['Predictions', 'Outcomes', 'Service', 'Registry', 'Operations'].map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      schemas: { Encounter: encounterJsonSchema(), Batch: BATCH, ...components() },
    },
  };
}

// What stands in a batch may be anything: each is answered at its place, and what is no encounter by its errors.
const ENCOUNTERS: JsonSchema = {
  type: 'array',
  minItems: 1,
  maxItems: MAX_BATCH,
  items: { anyOf: [{ $ref: reference('Encounter') }, {}] },
};
const BATCH: JsonSchema = {
  description:
    'Encounters to predict, in an object or as a bare list. What is no encounter gets an error at its place.',
  anyOf: [{ type: 'object', required: ['encounters'], properties: { encounters: ENCOUNTERS } }, ENCOUNTERS],
};

function components(): JsonSchema {
  const { schemas } = z.toJSONSchema(z.globalRegistry, { uri: reference, io: 'input' });
  return Object.fromEntries(
    Object.entries(schemas).map(([id, { $schema: _schema, $id: _id, id: _name, ...schema }]) => [id, schema]),
  );
}
