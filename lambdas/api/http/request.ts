// Reads a request: parameters, query and body become what the route's schemas make of them.
import type { z } from 'zod';
import { ticks } from '../../aws/clock.ts';
import { fieldErrors, summary } from '../../core/problem/field-errors.ts';
import { ProblemError } from '../../core/problem/problem.ts';
import { jsonBody } from './body.ts';
import { actorOf } from './right.ts';
import { type Link, type RouteEvent, routeOf } from './route-event.ts';

export function readsRequest(): Link {
  return {
    before: ({ event }) => {
      const started = ticks();
      const { spec, noQuery } = routeOf(event);
      event.request = {
        params: spec.params === undefined ? undefined : parsed(spec.params, event.pathParameters ?? {}),
        body: spec.body === undefined ? undefined : parsed(spec.body.schema, jsonBody(event, spec.body.maxCharacters)),
        query: event.queryStringParameters === null ? noQuery : queryOf(event, spec.query),
        actor: actorOf(event),
        started,
        event,
      };
    },
  };
}

/** @throws ProblemError 422 also for a parameter that came twice: which one counts would be anyone's guess. */
function queryOf(event: RouteEvent, schema: z.ZodObject | undefined): unknown {
  if (schema === undefined) return undefined;
  for (const name of Object.keys(schema.shape)) {
    if ((event.multiValueQueryStringParameters?.[name]?.length ?? 0) > 1) throw twice(name);
  }
  return parsed(schema, event.queryStringParameters ?? {});
}

function twice(name: string): ProblemError {
  const detail = `${name} stands in the query more than once.`;
  return new ProblemError('invalid', detail, [{ pointer: `/${name}`, field: name, detail, code: 'repeated' }]);
}

/** Query, path or body parsed by a schema. @throws ProblemError 422 naming each wrong field. */
function parsed<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const errors = fieldErrors(result.error, value);
  throw new ProblemError('invalid', summary(errors), errors);
}
