// The state machine as a graph, read from its own definition: what is drawn is what is deployed.
import { z } from 'zod';
import definition from '../../../statemachines/training-pipeline.asl.json';

const next = z.object({ Next: z.string() });
const stateSchema = z.object({
  Type: z.string(),
  Comment: z.string().optional(),
  Next: z.string().optional(),
  Default: z.string().optional(),
  Choices: z.array(next).default([]),
  Catch: z.array(next).default([]),
  ItemsPath: z.string().optional(),
  ItemProcessor: z.object({ StartAt: z.string() }).optional(),
});
const machineSchema = z.object({ StartAt: z.string(), States: z.record(z.string(), stateSchema) });

export type MachineState = z.infer<typeof stateSchema>;

export interface Node {
  readonly name: string;
  readonly state: MachineState;
  /** Column and row of the drawing, from 0. */
  readonly column: number;
  readonly row: number;
}

export interface Edge {
  readonly from: string;
  readonly to: string;
  /** Taken when a state fails. */
  readonly caught: boolean;
}

const { StartAt, States } = machineSchema.parse(definition);

const EDGES: readonly Edge[] = Object.entries(States).flatMap(([from, state]) => {
  const plain = [...state.Choices.map((choice) => choice.Next), state.Next, state.Default];
  const to = [...new Set(plain)].flatMap((name) => (name === undefined ? [] : [{ from, to: name, caught: false }]));
  return [...to, ...[...new Set(state.Catch.map((one) => one.Next))].map((name) => ({ from, to: name, caught: true }))];
});

/** States that only a failure leads to stand in the second column, beside the road. */
const ROAD = reachableFrom(StartAt, (edge) => !edge.caught && !isFailure(edge.to));

/** Every way on from it ends in a Fail state; a way that turns back does not. */
function isFailure(name: string, passed: readonly string[] = []): boolean {
  if (States[name]?.Type === 'Fail') return true;
  if (passed.includes(name)) return false;
  const onward = EDGES.filter((edge) => edge.from === name && !edge.caught);
  return onward.length > 0 && onward.every((edge) => isFailure(edge.to, [...passed, name]));
}

function reachableFrom(start: string, follow: (edge: Edge) => boolean): string[] {
  const found = [start];
  for (const name of found) {
    for (const edge of EDGES) if (edge.from === name && follow(edge) && !found.includes(edge.to)) found.push(edge.to);
  }
  return found;
}

/** Rows by the longest way from the start; a way back to an earlier state does not count. */
function rowsOf(names: readonly string[]): Map<string, number> {
  const rows = new Map(names.map((name) => [name, 0]));
  const order = names;
  for (let pass = 0; pass < names.length; pass++) {
    for (const { from, to, caught } of EDGES) {
      if (caught || !rows.has(from) || !rows.has(to) || order.indexOf(to) <= order.indexOf(from)) continue;
      rows.set(to, Math.max(rows.get(to) ?? 0, (rows.get(from) ?? 0) + 1));
    }
  }
  return rows;
}

function layOut(): Node[] {
  const rows = rowsOf(ROAD);
  const taken = new Map<number, number>();
  const road = ROAD.flatMap((name) => {
    const state = States[name];
    if (state === undefined) return [];
    const row = rows.get(name) ?? 0;
    const column = taken.get(row) ?? 0;
    taken.set(row, column + 1);
    return [{ name, state, column, row }];
  });
  const last = Math.max(...road.map(({ row }) => row));
  const aside = Object.entries(States).filter(([name]) => !ROAD.includes(name));
  return [
    ...road,
    ...aside.map(([name, state], index) => ({ name, state, column: 2, row: last - aside.length + 1 + index })),
  ];
}

export const MACHINE: { readonly nodes: readonly Node[]; readonly edges: readonly Edge[] } = {
  nodes: layOut(),
  edges: EDGES,
};

export const stateOf = (name: string): MachineState | undefined => States[name];

/** The items of a Map's input, by its ItemsPath such as `$.batches`; null where they cannot be told. */
export function itemsOf(name: string, input: unknown): readonly unknown[] | null {
  const path = States[name]?.ItemsPath?.replace(/^\$\.?/, '').split('.') ?? [];
  let value: unknown = input;
  for (const key of path) value = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
  return Array.isArray(value) ? value : null;
}
