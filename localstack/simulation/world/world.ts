// A whole world of one history: services, clock, network, the machine and what watches over them.

import { type Execution, Executions } from '../services/executions.ts';
import { Multipart } from '../services/multipart.ts';
import { ALL_RIGHTS, type ObjectRights, Objects, type StoredObject } from '../services/objects.ts';
import { Tables, type Written } from '../services/tables.ts';
import type { VirtualClock } from '../universe/clock.ts';
import { pick } from '../universe/random.ts';
import { type FaultPlan, Faults } from './faults.ts';
import { Machine, type MachineParts } from './machine.ts';
import { type Altered, Network } from './network.ts';
import { Process } from './process.ts';
import { TABLES } from './settings.ts';

export interface Watcher {
  onCommand(command: unknown, process: Process): void;
  onItem(written: Written): void;
  onObject(key: string, stored: StoredObject, before: StoredObject | undefined): void;
}

export interface WorldParts extends Omit<MachineParts, 'onProcess'> {
  readonly clock: VirtualClock;
  readonly random: () => number;
  readonly faults: FaultPlan;
  readonly watcher: Watcher;
  readonly alter: Altered;
  /** Given to every execution beside its input: small candidates. */
  readonly candidates: readonly unknown[];
}

export class World {
  readonly clock: VirtualClock;
  readonly random: () => number;
  readonly tables: Tables;
  readonly objects: Objects;
  readonly executions: Executions;
  readonly network: Network;
  readonly faults: Faults;
  readonly #rights: Readonly<Record<string, ObjectRights>>;
  readonly #processes: Process[] = [];
  readonly #watcher: Watcher;
  #startedBy = 'e';

  constructor(parts: WorldParts) {
    const { clock, random, watcher, rights } = parts;
    this.clock = clock;
    this.random = random;
    this.#rights = rights;
    this.#watcher = watcher;
    this.faults = new Faults(parts.faults);
    const now = () => clock.now;
    this.tables = new Tables(Object.values(TABLES), now, (written) => watcher.onItem(written));
    this.objects = new Objects(now, (key, stored, before) => watcher.onObject(key, stored, before));
    const machine = new Machine({ ...parts, onProcess: (process) => this.#processes.push(process) });
    machine.faults = this.faults;
    const begin = (execution: Execution) => machine.run(execution, this.#startedBy, { candidates: parts.candidates });
    this.executions = new Executions(now, begin);
    const services = {
      ...{ tables: this.tables, objects: this.objects },
      ...{ multipart: new Multipart(this.objects), executions: this.executions },
    };
    this.network = new Network({
      ...{ clock, random, services, faults: this.faults, alter: parts.alter },
      onCommand: (command, process) => watcher.onCommand(command, process),
    });
  }

  /** A process of a function, with the rights of its role. */
  process(label: string, role: string): Process {
    const rights = this.#rights[role];
    if (rights === undefined) throw new Error(`there is no function ${role}`);
    const process = new Process(label, rights);
    this.#processes.push(process);
    return process;
  }

  /** As the AWS tools do for somebody who may write the bucket: over whatever is there. */
  putByOwnMeans(key: string, bytes: Uint8Array): void {
    this.#watcher.onCommand(null, new Process('somebody', ALL_RIGHTS));
    this.objects.store(key, bytes, {});
  }

  /** Executions that a step starts are named after it. */
  nameExecutions(label: string): void {
    this.#startedBy = label;
  }

  registeredVersions(): number {
    const items = this.tables.items(TABLES.registry, 'model#diabetic_risk_model');
    return items.filter(({ sk }) => sk?.S?.startsWith('version#')).length;
  }

  get running(): boolean {
    return this.executions.all().some(({ status }) => status === 'RUNNING');
  }

  /** Kills one of the processes at work. */
  killOne(): void {
    const alive = this.#processes.filter(({ life }) => life === 'running');
    if (alive.length > 0) pick(this.random, alive).die();
  }

  /** Kills everything; what is stored stays. */
  killAll(): void {
    this.executions.cutOff();
    for (const process of this.#processes) process.die();
  }
}
