// Runs the chain once before the user's eyes: a line for each state, batches and candidates counted as they end.
import type { Clients } from '../clients.ts';
import type { StackOutputs } from '../deploy.ts';
import { onStop } from '../interrupt.ts';
import { type Step, say, step } from '../progress.ts';
import { type RunFacts, readFacts } from '../report/facts.ts';
import { followExecution, startExecution, stopExecution } from './execution.ts';
import type { StateProgress } from './history.ts';
import type { ChainRequest } from './request.ts';

export interface ChainEnd {
  readonly facts: RunFacts;
  readonly repeated: boolean;
  /** Wall time by state in the order of entering, and `total`. */
  readonly milliseconds: Readonly<Record<string, number>>;
}

export interface ChainPlace {
  readonly clients: Clients;
  readonly outputs: StackOutputs;
  readonly owned: boolean;
}

/** A Map's state goes by the name of what it repeats. */
const NAMES: Readonly<Record<string, string>> = { CleanBatches: 'Clean', TrainCandidates: 'Train' };
const UNITS: Readonly<Record<string, string>> = { CleanBatches: 'batches', TrainCandidates: 'candidates' };

export async function runChain({ clients, outputs, owned }: ChainPlace, request: ChainRequest): Promise<ChainEnd> {
  const { name, arn, repeated } = await startExecution(clients, outputs.StateMachineArn, request, owned);
  let running = !repeated;
  onStop(async () => {
    if (running && owned) await stopExecution(clients, arn);
  });
  if (!repeated) say(`  execution ${name}`);
  const shown = new Shown();
  let last: readonly StateProgress[] = [];
  const status = await followExecution(clients, arn, (states) => {
    last = states;
    if (!repeated) shown.show(states);
  });
  running = false;
  shown.end(status === 'SUCCEEDED');
  const facts = await readFacts(clients, outputs, name, `the execution ended as ${status} without a record`);
  return { facts, repeated, milliseconds: wallTimes(last) };
}

/** The lines of an execution: states that ended are closed, the one that runs stays open. */
class Shown {
  #open: Step | undefined;
  #lines = 0;

  show(states: readonly StateProgress[]): void {
    for (const [index, state] of states.entries()) {
      if (index < this.#lines - 1) continue;
      if (index === this.#lines) {
        this.#open = step(NAMES[state.state] ?? state.state);
        this.#lines += 1;
      }
      if (state.kind === 'map') this.#open?.update(`${state.succeeded} of ${state.total} ${UNITS[state.state] ?? ''}`);
      if (!state.ended) continue;
      if (state.kind === 'map' && state.succeeded < state.total) this.#open?.fail();
      else this.#open?.done();
      this.#open = undefined;
    }
  }

  end(well: boolean): void {
    if (well) this.#open?.done();
    else this.#open?.fail();
    this.#open = undefined;
  }
}

function wallTimes(states: readonly StateProgress[]): Record<string, number> {
  const times: Record<string, number> = {};
  for (const { state, ms = 0 } of states) {
    const name = NAMES[state] ?? state;
    times[name] = (times[name] ?? 0) + ms;
  }
  times.total = Object.values(times).reduce((sum, ms) => sum + ms, 0);
  return times;
}
