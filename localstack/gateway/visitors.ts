// Who may ask the local gateway for what. It listens on loopback, yet two callers reach it who are not its user's own: any
// page that a browser of this machine shows, and a page whose name was bound anew to 127.0.0.1 (DNS rebinding).
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { PROBLEM_MEDIA_TYPE, problem } from '../../lambdas/core/problem/problem.ts';
import { ROUTES } from '../../lambdas/core/routes/table.ts';

/** On any port: a tunnel to here is the user's own, and rebinding needs a name of the attacker's. */
const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];

const PUBLIC_PATHS: ReadonlySet<string> = new Set(
  ROUTES.filter(({ scope }) => scope === 'public').map(({ path }) => path),
);

/** Whether pages of other origins may ask this path (as API Gateway writes it) and read its answer: it shows no data. */
export const isOpenToPages = (path: string): boolean => PUBLIC_PATHS.has(path);

export const REFUSED_HOST = refusal(
  'This service answers to localhost and 127.0.0.1. For another name of this machine: npm start -- --allow-host NAME.',
);
export const REFUSED_PAGE = refusal(
  'A page of another origin may not ask this. For a page of your own: npm start -- --allow-origin ORIGIN.',
);

export class Visitors {
  readonly #hosts: ReadonlySet<string>;
  readonly #origins: ReadonlySet<string>;
  /** Host headers that were found good: clients send the same few over and over. */
  readonly #known = new Set<string>();

  /**
   * @param hosts further names of this machine, without port
   * @param origins of pages that may ask as the own page may, e.g. http://localhost:5173
   */
  constructor(hosts: readonly string[] = [], origins: readonly string[] = []) {
    this.#hosts = new Set([...LOOPBACK, ...hosts.map((name) => name.toLowerCase())]);
    this.#origins = new Set(origins);
  }

  isOurHost(host: string | undefined): boolean {
    if (host === undefined) return false;
    if (this.#known.has(host)) return true;
    if (!this.#hosts.has(host.replace(/:\d+$/, '').toLowerCase())) return false;
    if (this.#known.size < MAX_KNOWN) this.#known.add(host);
    return true;
  }

  /** The origin of a page that may read the answer besides the own one, or null. */
  friend({ origin }: IncomingHttpHeaders): string | null {
    return origin !== undefined && this.#origins.has(origin) ? origin : null;
  }

  /** Whether a page asks that is neither the own one nor a friend. Programs send none of these headers. */
  isForeignPage(method: string, headers: IncomingHttpHeaders): boolean {
    const { origin, host } = headers;
    if (origin !== undefined) return origin !== `http://${host}` && !this.#origins.has(origin);
    const site = headers['sec-fetch-site'];
    if (site !== 'cross-site' && site !== 'same-site') return false;
    // Following a link shows the answer to the user, not to the page that held the link.
    return method !== 'GET' || headers['sec-fetch-mode'] !== 'navigate' || headers['sec-fetch-dest'] !== 'document';
  }
}

const MAX_KNOWN = 64;

function refusal(detail: string): string {
  return JSON.stringify({ ...problem('forbidden', detail), title: 'This caller is not let in' });
}

export function refuse(response: ServerResponse, body: string): void {
  const headers = {
    'content-type': PROBLEM_MEDIA_TYPE,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  };
  response.writeHead(403, { ...headers, 'content-length': Buffer.byteLength(body), connection: 'close' });
  response.end(body);
}

/** Without the headers by which any page may read an answer. @param headers names and values in turn */
export function withoutCors(headers: readonly string[]): string[] {
  return headers.filter((_, i) => !/^access-control-/i.test(headers[i - (i % 2)] ?? ''));
}
