// One route of the table as an OpenAPI operation.
import * as z from 'zod';
import { takesToken } from '../access/rights.ts';
import { HIGH_RISK_PRESET, LOW_RISK_PRESET } from '../encounter/examples.ts';
import { PROBLEM_MEDIA_TYPE, type ProblemKind, statusOf, titleOf } from '../problem/problem.ts';
import { problemsOf } from '../routes/problems.ts';
import type { AuthMode, BodySpec } from '../routes/route.ts';
import type { Route } from '../routes/table.ts';
import { problemSchema } from '../serving/answers.ts';
import type { JsonSchema } from './encounter.ts';

export const reference = (id: string) => `#/components/schemas/${id}`;

export function operationOf(route: Route, auth: AuthMode): JsonSchema {
  const { method, path, tag, summary, description, body, params, query } = route;
  const parameters = [...parametersOf('path', params), ...parametersOf('query', query)];
  return {
    operationId: `${method.toLowerCase()}${path.replaceAll(/[/{}.-]+(\w?)/g, (_, letter: string) => letter.toUpperCase())}`,
    tags: [tag],
    summary,
    ...(description === undefined ? {} : { description }),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === undefined
      ? {}
      : { requestBody: { required: true, content: { 'application/json': bodyObject(body) } } }),
    responses: responsesOf(route, auth),
    ...(takesToken(route.scope, auth) ? { security: [{ token: [] }] } : {}),
  };
}

function parametersOf(place: 'path' | 'query', schema: z.ZodObject | undefined): JsonSchema[] {
  return Object.entries(schema?.shape ?? {}).map(([name, parameter]) => {
    const { $schema: _, description, ...described } = z.toJSONSchema(parameter, { io: 'input' });
    return { name, in: place, required: place === 'path', description, schema: described };
  });
}

const EXAMPLES: Readonly<Record<NonNullable<BodySpec['component']>, JsonSchema>> = {
  Encounter: { low_risk: { value: LOW_RISK_PRESET }, high_risk: { value: HIGH_RISK_PRESET } },
  Batch: { two: { value: { encounters: [LOW_RISK_PRESET, HIGH_RISK_PRESET] } } },
};

function bodyObject({ schema, component }: BodySpec): JsonSchema {
  if (component === undefined) return { schema: schemaOf(schema) };
  return { schema: { $ref: reference(component) }, examples: EXAMPLES[component] };
}

function responsesOf(route: Route, auth: AuthMode): JsonSchema {
  const byStatus = new Map<number, ProblemKind[]>();
  for (const kind of problemsOf(route, auth)) {
    byStatus.set(statusOf(kind), [...(byStatus.get(statusOf(kind)) ?? []), kind]);
  }
  const problems = [...byStatus].map(([status, kinds]) => [
    status,
    {
      description: kinds.map(titleOf).join('; '),
      content: {
        ...(status === route.otherStatus ? answerContent(route.answer) : {}),
        [PROBLEM_MEDIA_TYPE]: { schema: schemaOf(problemSchema) },
      },
    },
  ]);
  return {
    [route.status ?? 200]: { description: 'The answer', content: answerContent(route.answer) },
    ...Object.fromEntries(problems),
  };
}

function answerContent(answer: Route['answer']): JsonSchema {
  if (answer instanceof z.ZodType) return { 'application/json': { schema: schemaOf(answer) } };
  return Object.fromEntries(answer.map((mediaType) => [mediaType, {}]));
}

/** Schemas with an id stand under components and are referred to. */
function schemaOf(schema: z.ZodType): JsonSchema {
  const id = z.globalRegistry.get(schema)?.id;
  return id === undefined ? z.toJSONSchema(schema, { io: 'input' }) : { $ref: reference(id) };
}
