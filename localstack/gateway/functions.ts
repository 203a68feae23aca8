// The API's functions as the gateway runs them: a pool of environments and a log stream each.
import { randomUUID } from 'node:crypto';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { Authorizer } from './authorizer.ts';
import type { GatewayClients } from './clients.ts';
import type { DeployedApi, DeployedAuthorizer } from './deployed-api.ts';
import { deployedFunction } from './deployed-function.ts';
import { LogThread } from './log-thread.ts';
import { Pool } from './pool.ts';
import type { ResourceData } from './protocol.ts';
import { parameterNames } from './router.ts';
import { isOpenToPages } from './visitors.ts';

export interface FunctionsOptions {
  readonly clients: GatewayClients;
  readonly api: DeployedApi;
  readonly port: number;
  readonly codeDirectory: string;
  readonly workers?: number;
  readonly queueLimit?: number;
}

const QUEUE_LIMIT = 1000;

export class Functions {
  readonly accountId: string;
  readonly #pools = new Map<string, Pool>();
  readonly #logs: LogThread;
  readonly #authorizers = new Map<string, Authorizer>();
  readonly #resources: ResourceData[];
  #calls = 0;

  /** Reads every function that a route or an authorizer names, and starts the one that predicts. */
  static async start(options: FunctionsOptions): Promise<Functions> {
    const { clients, api } = options;
    const { Account: accountId = '000000000000' } = await clients.sts.send(new GetCallerIdentityCommand({}));
    const functions = new Functions(accountId, options);
    const predicts = functionOf(api, 'POST', '/predict');
    const names = new Set(
      api.methods.flatMap(({ answer, authorizer }) => [
        ...(answer.kind === 'function' ? [answer.functionName] : []),
        ...(authorizer === null ? [] : [authorizer.functionName]),
      ]),
    );
    await Promise.all([...names].map((name) => functions.#open(name, name === predicts, options)));
    if (predicts !== null) functions.pool(predicts).warm();
    return functions;
  }

  private constructor(accountId: string, { clients, api }: FunctionsOptions) {
    this.accountId = accountId;
    const { endpoint, region, credentials } = clients;
    this.#logs = new LogThread({ endpoint, region, credentials });
    const paths = new Map(api.methods.map(({ path, resourceId }) => [path, resourceId]));
    this.#resources = [...paths].map(([path, resourceId]) => ({
      ...{ path, resourceId, parameters: parameterNames(path), openToPages: isOpenToPages(path) },
    }));
  }

  pool(functionName: string): Pool {
    const pool = this.#pools.get(functionName);
    if (pool === undefined) throw new Error(`the function ${functionName} was not read`);
    return pool;
  }

  /** Position of a path among the resources that workers know. */
  resource(path: string): number {
    return this.#resources.findIndex((resource) => resource.path === path);
  }

  authorizer(deployed: DeployedAuthorizer): Authorizer {
    const known = this.#authorizers.get(deployed.functionName);
    if (known !== undefined) return known;
    const pool = this.pool(deployed.functionName);
    const made = new Authorizer(deployed, (event) => pool.call(++this.#calls, event, randomUUID()));
    this.#authorizers.set(deployed.functionName, made);
    return made;
  }

  /** Ends the environments, then ships the last lines of their log. */
  async close(): Promise<void> {
    await Promise.all([...this.#pools.values()].map((pool) => pool.close()));
    await this.#logs.close();
  }

  async #open(name: string, predicts: boolean, options: FunctionsOptions): Promise<void> {
    const { clients, api, port, codeDirectory, workers = 1, queueLimit = QUEUE_LIMIT } = options;
    const fn = await deployedFunction(clients, name, codeDirectory);
    const log = this.#logs.log(fn.logGroup);
    this.#pools.set(
      name,
      new Pool({
        fn,
        resources: this.#resources,
        api: { apiId: api.apiId, stage: api.stage, accountId: this.accountId, port },
        workers: predicts ? workers : 1,
        queueLimit,
        onLogs: (lines) => log.add(lines),
        pauseMs: () => log.pauseMs,
      }),
    );
  }
}

function functionOf(api: DeployedApi, method: string, path: string): string | null {
  const found = api.methods.find((candidate) => candidate.method === method && candidate.path === path);
  return found?.answer.kind === 'function' ? found.answer.functionName : null;
}
