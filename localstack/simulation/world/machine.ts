// The state machine's own definition, run by aws-local-stepfunctions; each of its Lambda tasks is a process of the world.
import { type RunOptions, StateMachine, type StateMachineDefinition } from 'aws-local-stepfunctions';
import { z } from 'zod';
import type { Execution, MachineRun } from '../services/executions.ts';
import type { ObjectRights } from '../services/objects.ts';
import type { Faults } from './faults.ts';
import { Process } from './process.ts';

/** A step's handler, as Lambda calls it. */
export type StepHandler = (event: unknown) => Promise<unknown>;

export interface MachineParts {
  readonly definition: StateMachineDefinition;
  readonly handlers: ReadonlyMap<string, StepHandler>;
  readonly rights: Readonly<Record<string, ObjectRights>>;
  /** Whether the gate says yes to this challenger; drawn, since the figures of a few dozen rows decide nothing. */
  readonly gateSays: (decision: unknown) => unknown;
  readonly onProcess: (process: Process) => void;
}

const eventSchema = z.object({ Payload: z.looseObject({ input: z.looseObject({}).optional() }) });

export class Machine {
  readonly #machine: StateMachine;
  readonly #parts: MachineParts;
  readonly #invoked = new Map<string, number>();
  faults: Faults | null = null;

  constructor(parts: MachineParts) {
    this.#parts = parts;
    this.#machine = new StateMachine(parts.definition, { validationOptions: { noValidate: true } });
  }

  /** @param label names the execution in the history */
  run({ name, arn, input }: Execution, label: string, given: Readonly<Record<string, unknown>>): MachineRun {
    const handlers = [...this.#parts.handlers.keys()].map((state) => [
      state,
      async (raw: unknown) => z.json().parse({ Payload: (await this.#task(state, label, raw)) ?? null }),
    ]);
    const parsed = z.record(z.string(), z.json()).parse({ ...z.looseObject({}).parse(JSON.parse(input)), ...given });
    const options: RunOptions = {
      overrides: { taskResourceLocalHandlers: Object.fromEntries(handlers) },
      context: { Execution: { Id: arn, Name: name, Input: parsed } },
    };
    const { result, abort } = this.#machine.run(parsed, options);
    return { result, abort };
  }

  async #task(state: string, label: string, raw: unknown): Promise<unknown> {
    const { Payload } = eventSchema.parse(raw);
    const item = itemOf(Payload.input);
    const named = `${label}.${state}${item}`;
    const fault = this.faults?.ofInvocation(`${named} invocation ${this.#count(named)}`) ?? null;
    if (fault === 'refused') throw lambdaError('Lambda.TooManyRequestsException', 'Rate Exceeded.');
    const first = this.#invoke(state, named, Payload);
    if (fault === 'doubled') {
      // The first goes on, whatever becomes of it; Step Functions has lost sight of it and invokes again.
      first.catch(() => {});
      throw lambdaError('Lambda.SdkClientException', 'the connection to Lambda was lost');
    }
    const output = await first;
    if (fault === 'repeated')
      throw lambdaError('Lambda.ServiceException', 'Lambda failed after the function had ended');
    return state === 'Evaluate' ? this.#parts.gateSays(output) : output;
  }

  async #invoke(state: string, named: string, payload: unknown): Promise<unknown> {
    const handler = this.#parts.handlers.get(state);
    const rights = this.#parts.rights[state];
    if (handler === undefined || rights === undefined) throw new Error(`there is no function of ${state}`);
    const process = new Process(`${named}~${this.#count(`${named}~`)}`, rights);
    this.#parts.onProcess(process);
    try {
      return await process.run(() => handler(payload));
    } finally {
      process.end();
    }
  }

  #count(name: string): number {
    const count = (this.#invoked.get(name) ?? 0) + 1;
    this.#invoked.set(name, count);
    return count;
  }
}

/** Tells the items of a Map apart. */
function itemOf(input: Readonly<Record<string, unknown>> | undefined): string {
  const found = z
    .object({ batch_id: z.number().optional(), candidate: z.object({ index: z.number() }).optional() })
    .safeParse(input).data;
  const item = found?.batch_id ?? found?.candidate?.index;
  return item === undefined ? '' : `[${item}]`;
}

function lambdaError(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}
