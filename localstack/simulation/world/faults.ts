// What befalls requests and invocations: drawn by their names, so that the same seed does the same to the same one.
import { drawn } from '../universe/random.ts';

/** On a request to a service. */
export type RequestFault =
  | 'throttled' // refused before anything happened
  | 'lost' // never arrived; the caller waits until its time is up
  | 'unanswered' // took effect; the caller waits until its time is up
  | 'late' // the caller's time is up first, and it takes effect some time after
  | 'crash before' // the process dies before the request leaves
  | 'crash after' // the process dies when it took effect
  | 'conflict' // another writer is at the same item at this moment
  | 'stale'; // a read that need not be consistent is not

/** On an invocation of a step or of the monitor. */
export type InvocationFault =
  | 'refused' // Lambda is throttled
  | 'repeated' // it ended well, and yet is invoked again
  | 'doubled'; // it runs, and a second one beside it

const REQUEST_FAULTS: readonly (readonly [RequestFault, number])[] = [
  ['throttled', 5],
  ['lost', 1],
  ['unanswered', 4],
  ['late', 2],
  ['crash before', 1],
  ['crash after', 2],
  ['conflict', 3],
  ['stale', 4],
];
const INVOCATION_FAULTS: readonly (readonly [InvocationFault, number])[] = [
  ['refused', 1],
  ['repeated', 2],
  ['doubled', 2],
];

export interface FaultPlan {
  readonly seed: number;
  /** Of a hundred requests or invocations, so many meet a fault. */
  readonly percent: number;
  /** Names of faults that do not happen: to find those that matter. */
  readonly spared: ReadonlySet<string>;
}

export class Faults {
  readonly #plan: FaultPlan;
  readonly happened: string[] = [];
  #calm = false;

  constructor(plan: FaultPlan) {
    this.#plan = plan;
  }

  /** From now on nothing goes wrong. */
  cease(): void {
    this.#calm = true;
  }

  ofRequest(name: string): RequestFault | null {
    return this.#draw(name, REQUEST_FAULTS);
  }

  ofInvocation(name: string): InvocationFault | null {
    return this.#draw(name, INVOCATION_FAULTS);
  }

  #draw<F extends string>(name: string, table: readonly (readonly [F, number])[]): F | null {
    const { seed, percent, spared } = this.#plan;
    if (this.#calm || drawn(seed, `whether ${name}`) * 100 >= percent) return null;
    let left = drawn(seed, `which ${name}`) * table.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [fault, weight] of table) {
      left -= weight;
      if (left >= 0) continue;
      if (spared.has(name)) return null;
      this.happened.push(`${name}: ${fault}`);
      return fault;
    }
    return null;
  }
}
