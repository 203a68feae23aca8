// The headers of a proxy event. Clients send the same ones over and over, and reading them costs more than all the rest
// of the event, so the readings of the latest are kept.
import type { APIGatewayProxyEvent } from 'aws-lambda';

/** Separates names and values on the way to a worker; HTTP allows it in neither. */
export const SEPARATOR = '\0';

export interface ProxyHeaders {
  /** Names keep the case they came in; of a repeated header the last value. */
  readonly single: Readonly<Record<string, string>>;
  /** The lists are frozen: they are those of every event with the same headers. */
  readonly multi: NonNullable<APIGatewayProxyEvent['multiValueHeaders']>;
  readonly userAgent: string | null;
}

const MAX_KEPT = 256;

export class HeaderReader {
  readonly #port: string;
  readonly #kept = new Map<string, { readonly sourceIp: string; readonly headers: ProxyHeaders }>();

  /** @param port of the gateway, for the forwarded headers */
  constructor(port: number) {
    this.#port = String(port);
  }

  /** @param raw names and values in turn, as they came */
  read(raw: string, sourceIp: string): ProxyHeaders {
    const known = this.#kept.get(raw);
    if (known !== undefined && known.sourceIp === sourceIp) return known.headers;
    if (this.#kept.size >= MAX_KEPT) this.#kept.clear();
    const headers = this.#parse(raw === '' ? [] : raw.split(SEPARATOR), sourceIp);
    this.#kept.set(raw, { sourceIp, headers });
    return headers;
  }

  #parse(raw: readonly string[], sourceIp: string): ProxyHeaders {
    const single: Record<string, string> = {};
    const multi: Record<string, string[]> = {};
    const add = (name: string, value: string) => {
      if (name === '__proto__') return;
      single[name] = value;
      multi[name] = [...(multi[name] ?? []), value];
    };
    for (let i = 0; i + 1 < raw.length; i += 2) add(raw[i] ?? '', raw[i + 1] ?? '');
    add('X-Forwarded-For', sourceIp);
    add('X-Forwarded-Port', this.#port);
    add('X-Forwarded-Proto', 'http');
    for (const list of Object.values(multi)) Object.freeze(list);
    return { single, multi, userAgent: single['User-Agent'] ?? single['user-agent'] ?? null };
  }
}
