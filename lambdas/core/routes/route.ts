// What a route is: everything that API Gateway, the authorizer, the function, the description and the tests need to know.
import type { z } from 'zod';
import type { ProblemKind } from '../problem/problem.ts';

/**
 * What a caller needs. `public` routes show no data and are always open; `predict`, `read` and `metrics` are open or
 * take a token, by the `auth` setting; `outcomes` and `operate` always take a token with that scope.
 */
export type RouteScope = 'public' | 'predict' | 'read' | 'metrics' | 'outcomes' | 'operate';

/** Whether routes that show data are open or take a token. */
export type AuthMode = 'open' | 'token';

export type Method = 'GET' | 'POST';

/** As API Gateway writes a path: `{name}` is a path parameter, `{name+}` takes the rest of the path. */
export type RouteName = `${Method} /${string}`;

export interface RouteSpec {
  readonly scope: RouteScope;
  readonly tag: 'Predictions' | 'Outcomes' | 'Service' | 'Registry' | 'Operations';
  readonly summary: string;
  readonly description?: string;
  /** Parameters of the path and of the query, from their text. Parameters that are not named are ignored. */
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: BodySpec;
  /** Of a request that was answered; 200 when absent. */
  readonly status?: 200 | 201 | 202;
  /** One more status that the same answer may have. */
  readonly otherStatus?: 503;
  /** A schema of JSON, or the media types of what is not described further. */
  readonly answer: z.ZodType | readonly string[];
  /** What it may answer beside the problems that follow from the rest of this entry. */
  readonly problems?: readonly ProblemKind[];
  /** True for what is no part of the API, as the files of its page. */
  readonly undescribed?: true;
}

export interface BodySpec {
  readonly schema: z.ZodType;
  /** Longer bodies are refused before they are parsed. */
  readonly maxCharacters: number;
  /** The component that describes it, where the schema is not its own description. */
  readonly component?: 'Encounter' | 'Batch';
}

/** The routes that one function answers. */
export type RouteGroup = Readonly<Record<RouteName, RouteSpec>>;

export function methodAndPath(name: string): { readonly method: Method; readonly path: string } {
  const [method, path = '/'] = name.split(' ');
  return { method: method === 'POST' ? 'POST' : 'GET', path };
}
