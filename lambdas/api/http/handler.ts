// What a handler is given and gives, derived from its route's entry in the table.
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import type { z } from 'zod';
import type { RouteGroup, RouteSpec } from '../../core/routes/route.ts';

/** A request that was read: its parts are what the route's schemas make of them. */
export interface RouteRequest<Params = unknown, Query = unknown, Body = unknown, Actor = string | null> {
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  /** Name of the token's owner; null where none was asked for. */
  readonly actor: Actor;
  /** When the function began with it, by the monotonic clock, ms. */
  readonly started: number;
  readonly event: APIGatewayProxyEvent;
}

type Parsed<S> = S extends z.ZodType ? z.output<S> : undefined;

export type RequestOf<R extends RouteSpec> = RouteRequest<
  R extends { readonly params: infer S } ? Parsed<S> : undefined,
  R extends { readonly query: infer S } ? Parsed<S> : undefined,
  R extends { readonly body: { readonly schema: infer S } } ? Parsed<S> : undefined,
  R['scope'] extends 'operate' | 'outcomes' ? string : string | null
>;

/** The value of the answer's schema, with the status of the table; a whole result where the table names media types. */
export type AnswerOf<R extends RouteSpec> = R['answer'] extends z.ZodType
  ? z.output<R['answer']> | WithStatus<z.output<R['answer']>>
  : APIGatewayProxyResult;

export type Handler<R extends RouteSpec> = (request: RequestOf<R>) => AnswerOf<R> | Promise<AnswerOf<R>>;

/** One handler for each route of a group: one that is missing, or one too many, is a type error. */
export type Handlers<G extends RouteGroup> = {
  readonly [K in keyof G]: G[K] extends RouteSpec ? Handler<G[K]> : never;
};

/** A handler whose route is looked up at run time: the schemas of the same entry made what it is given. */
export type AnyHandler = { handle(request: RouteRequest): unknown }['handle'];

/** An answer whose status is not the table's, as that of an unhealthy service. */
export class WithStatus<T> {
  readonly status: number;
  readonly value: T;
  constructor(status: number, value: T) {
    this.status = status;
    this.value = value;
  }
}
