// API Gateway's Lambda authorizer of type TOKEN: asks the function once a token and lifetime, then reads its policy.
import { z } from 'zod';
import type { DeployedAuthorizer } from './deployed-api.ts';
import type { Refusal } from './gateway-response.ts';

export type Permission =
  | { readonly allowed: true /** The principal and the function's context, as JSON. */; readonly caller: string }
  | { readonly allowed: false; readonly refusal: Refusal };

const statement = z.object({
  Effect: z.enum(['Allow', 'Deny']),
  Resource: z.union([z.string(), z.array(z.string())]),
});
const policySchema = z.object({
  principalId: z.string(),
  policyDocument: z.object({ Statement: z.array(statement) }),
  context: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
});
type Policy = z.infer<typeof policySchema>;

const refused = (refusal: Refusal): Permission => ({ allowed: false, refusal });
const MAX_CACHED = 10_000;

export class Authorizer {
  readonly #deployed: DeployedAuthorizer;
  readonly #call: (event: unknown) => Promise<unknown>;
  readonly #cache = new Map<string, { readonly until: number; readonly policy: Promise<Policy | null> }>();

  /** @param call invokes the authorizer's function */
  constructor(deployed: DeployedAuthorizer, call: (event: unknown) => Promise<unknown>) {
    this.#deployed = deployed;
    this.#call = call;
  }

  /** @param methodArn arn:aws:execute-api:REGION:ACCOUNT:API/STAGE/METHOD/PATH */
  async permit(headers: readonly string[], methodArn: string): Promise<Permission> {
    const token = headerValue(headers, this.#deployed.header);
    if (token === undefined || token === '') return refused('unauthorized');
    try {
      const policy = await this.#policyOf(token, methodArn);
      return policy === null ? refused('unauthorized') : evaluate(policy, methodArn);
    } catch {
      return refused('authorizer-failed');
    }
  }

  #policyOf(token: string, methodArn: string): Promise<Policy | null> {
    const now = performance.now();
    const known = this.#cache.get(token);
    if (known !== undefined && known.until > now) return known.policy;
    if (this.#cache.size >= MAX_CACHED) this.#cache.clear();
    const policy = this.#ask(token, methodArn);
    this.#cache.set(token, { until: now + this.#deployed.cacheMs, policy });
    policy.catch(() => this.#cache.delete(token));
    return policy;
  }

  async #ask(token: string, methodArn: string): Promise<Policy | null> {
    const answer = await this.#call({ type: 'TOKEN', methodArn, authorizationToken: token });
    // A Lambda authorizer says 401 by failing with exactly this message.
    const failure = z.object({ errorMessage: z.string() }).safeParse(answer);
    if (failure.success && failure.data.errorMessage === 'Unauthorized') return null;
    return policySchema.parse(answer);
  }
}

function evaluate(policy: Policy, methodArn: string): Permission {
  const applying = policy.policyDocument.Statement.filter(({ Resource }) =>
    [Resource].flat().some((pattern) => matches(pattern, methodArn)),
  );
  if (applying.some(({ Effect }) => Effect === 'Deny')) return refused('explicitly-denied');
  if (applying.length === 0) return refused('denied');
  const context = Object.fromEntries(Object.entries(policy.context).map(([key, value]) => [key, String(value)]));
  return { allowed: true, caller: JSON.stringify({ ...context, principalId: policy.principalId }) };
}

function matches(pattern: string, arn: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`).test(arn);
}

function headerValue(headers: readonly string[], name: string): string | undefined {
  for (let i = 0; i < headers.length; i += 2) if (headers[i]?.toLowerCase() === name) return headers[i + 1];
  return undefined;
}
