// Who may call what: the scopes of tokens against the scopes of routes.
import type { AuthMode, Method, RouteScope } from '../routes/route.ts';
import type { Scope } from './scopes.ts';

/** The scopes of tokens that open a route of each scope. An operator may do all; who reads may read the metrics too. */
const OPENED_BY: Readonly<Record<RouteScope, readonly Scope[]>> = {
  public: ['predict', 'read', 'metrics', 'outcomes', 'operate'],
  predict: ['predict', 'operate'],
  read: ['read', 'operate'],
  metrics: ['metrics', 'read', 'operate'],
  outcomes: ['outcomes', 'operate'],
  operate: ['operate'],
};

/** What changes something that lasts is done by a named owner of a token, whatever the setting. */
const ALWAYS_BY_TOKEN: ReadonlySet<RouteScope> = new Set<RouteScope>(['outcomes', 'operate']);

/** Whether a route of this scope asks for a token. */
export function takesToken(scope: RouteScope, auth: AuthMode): boolean {
  return ALWAYS_BY_TOKEN.has(scope) || (auth === 'token' && scope !== 'public');
}

/** Whether a token with these scopes opens a route of this one. */
export function opens(scopes: readonly string[], route: RouteScope): boolean {
  return OPENED_BY[route].some((scope) => scopes.includes(scope));
}

interface Called {
  readonly method: Method;
  readonly path: string;
  readonly scope: RouteScope;
}

/**
 * The execute-api ARNs that a token opens, in the API and stage of a called one: `METHOD/*` where it opens all routes of a
 * method, else one for each route, path parameters as `*`.
 * @param methodArn arn:aws:execute-api:REGION:ACCOUNT:API/STAGE/METHOD/PATH
 */
export function openedResources(scopes: readonly Scope[], routes: readonly Called[], methodArn: string): string[] {
  const [api = '', stage = ''] = methodArn.split('/');
  const patterns = METHODS.flatMap((method) => {
    const ofMethod = routes.filter((route) => route.method === method);
    const opened = ofMethod.filter(({ scope }) => opens(scopes, scope));
    const paths = opened.length === ofMethod.length ? ['/*'] : opened.map(({ path }) => pattern(path));
    return deployedMethods(method).flatMap((deployed) => paths.map((path) => `${deployed}${path}`));
  });
  return patterns.map((opened) => `${api}/${stage}/${opened}`);
}

const METHODS: readonly Method[] = ['GET', 'POST'];

/** What is deployed for a route: HEAD is answered wherever GET is. */
export function deployedMethods(method: Method): readonly ('GET' | 'HEAD' | 'POST')[] {
  return method === 'GET' ? ['GET', 'HEAD'] : [method];
}

function pattern(path: string): string {
  return path.replaceAll(/\{[^}]+\}/g, '*');
}
