// From method and path to a route, as API Gateway resolves resources: exact parts before parameters, greedy ones last.

export interface Matched<T> {
  readonly route: T;
  /** Values of the path parameters, decoded, in the order of the path. */
  readonly parameters: readonly string[];
}

interface Node<T> {
  readonly exact: Map<string, Node<T>>;
  parameter: Node<T> | null;
  greedy: Map<string, T> | null;
  readonly methods: Map<string, T>;
}

const NONE: readonly string[] = [];
/** Stands for the methods that a path does not have. */
const ANY_METHOD = 'ANY';

export class Router<T> {
  readonly #root: Node<T> = node();
  /** Paths without parameters, the most of the traffic, by `METHOD /path`. */
  readonly #fixed = new Map<string, Matched<T>>();

  add(method: string, path: string, route: T): void {
    const parts = split(path);
    if (!path.includes('{')) this.#fixed.set(`${method} ${path}`, { route, parameters: NONE });
    let at = this.#root;
    for (const part of parts) {
      if (part.endsWith('+}')) {
        at.greedy ??= new Map();
        at.greedy.set(method, route);
        return;
      }
      at = part.startsWith('{') ? parameterChild(at) : exactChild(at, part);
    }
    at.methods.set(method, route);
  }

  find(method: string, path: string): Matched<T> | null {
    return this.#fixed.get(`${method} ${path}`) ?? match(this.#root, split(path), 0, method, []);
  }
}

/** Names of a path's parameters: `/docs/{file+}` has `file`. */
export function parameterNames(path: string): string[] {
  return [...path.matchAll(/\{([^}+]+)\+?\}/g)].map(([, name]) => name ?? '');
}

function match<T>(
  at: Node<T>,
  parts: readonly string[],
  i: number,
  method: string,
  taken: readonly string[],
): Matched<T> | null {
  const part = parts[i];
  if (part === undefined) {
    const route = at.methods.get(method) ?? at.methods.get(ANY_METHOD);
    return route === undefined ? null : { route, parameters: taken };
  }
  const exact = at.exact.get(part);
  const found = exact === undefined ? null : match(exact, parts, i + 1, method, taken);
  if (found !== null) return found;
  const byParameter =
    at.parameter === null ? null : match(at.parameter, parts, i + 1, method, [...taken, decode(part)]);
  if (byParameter !== null) return byParameter;
  const greedy = at.greedy?.get(method) ?? at.greedy?.get(ANY_METHOD);
  return greedy === undefined ? null : { route: greedy, parameters: [...taken, parts.slice(i).map(decode).join('/')] };
}

function split(path: string): string[] {
  return path.split('/').filter((part) => part !== '');
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function parameterChild<T>(at: Node<T>): Node<T> {
  at.parameter ??= node();
  return at.parameter;
}

function exactChild<T>(at: Node<T>, part: string): Node<T> {
  const child = at.exact.get(part) ?? node<T>();
  at.exact.set(part, child);
  return child;
}

function node<T>(): Node<T> {
  return { exact: new Map(), parameter: null, greedy: null, methods: new Map() };
}
