// Which values of the contract's fields the training rows held, so that serving can warn of others.
import { type Encounter, FIELD_LIST } from '../encounter/contract.ts';
import type { SeenValues } from './signature.ts';

/** A category with more values than this is not listed: a warning of the rarest codes would help nobody. */
const MAX_VALUES = 2000;

type Value = string | number | boolean | null;

/** Gathers values row by row; `result` is sorted, so that it depends on the set of rows only. */
export class SeenGatherer {
  private readonly values = new Map<string, Set<Value>>(FIELD_LIST.map((field) => [field.name, new Set<Value>()]));

  add(encounter: Encounter): void {
    for (const [name, value] of Object.entries(encounter)) this.values.get(name)?.add(value);
  }

  /** Ranges of counts, value lists of everything else; fields without any row are left out. */
  result(): Record<string, SeenValues> {
    const entries = FIELD_LIST.flatMap((field): [string, SeenValues][] => {
      const values = [...(this.values.get(field.name) ?? [])];
      if (values.length === 0 || values.length > MAX_VALUES) return [];
      if (field.kind !== 'count') return [[field.name, { kind: 'values', values: values.sort(byText).map(asListed) }]];
      const numbers = values.filter((value) => typeof value === 'number');
      return [[field.name, { kind: 'range', min: Math.min(...numbers), max: Math.max(...numbers) }]];
    });
    return Object.fromEntries(entries);
  }
}

function asListed(value: Value): string | boolean | null {
  return typeof value === 'number' ? String(value) : value;
}

function byText(a: Value, b: Value): number {
  return String(a) < String(b) ? -1 : 1;
}
