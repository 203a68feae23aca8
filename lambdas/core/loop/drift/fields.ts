// Which fields of the patients changed: compared with a reference, told only when it is more than chance and lasts.
import { discoveries } from './discoveries.ts';
import { populationStability, type Shift } from './psi.ts';

/** Encounters by level of each field, the same fields and levels everywhere. */
export type FieldCounts = ReadonlyMap<string, readonly number[]>;

export interface FieldDrift extends Shift {
  readonly field: string;
  /** Named among all fields of the window at a false discovery rate of 5 %. */
  readonly named: boolean;
  /** Named in the window before as well. */
  readonly persistent: boolean;
  /** How much the model leans on it, 0..1; null where that is not known. */
  readonly importance: number | null;
}

const FALSE_DISCOVERY_RATE = 0.05;

/**
 * The fields of a window, the one that matters most first: persistent ones before others, then by PSI times importance.
 * On enough rows nearly every field differs by something; so ask for persistence, and read from the top.
 */
export function fieldDrift(
  reference: FieldCounts,
  windows: { readonly current: FieldCounts; readonly before: FieldCounts | null },
  importance: ReadonlyMap<string, number>,
): FieldDrift[] {
  const now = named(reference, windows.current);
  const before = windows.before === null ? new Map<string, NamedShift>() : named(reference, windows.before);
  const weight = ({ psi, importance: share }: FieldDrift) => psi * (share ?? 1);
  return [...now]
    .map(([field, shift]) => ({
      ...shift,
      field,
      persistent: shift.named && before.get(field)?.named === true,
      importance: importance.get(field) ?? null,
    }))
    .sort(
      (a, b) => Number(b.persistent) - Number(a.persistent) || weight(b) - weight(a) || (a.field < b.field ? -1 : 1),
    );
}

type NamedShift = Shift & { readonly named: boolean };

function named(reference: FieldCounts, window: FieldCounts): Map<string, NamedShift> {
  const shifts = [...reference].flatMap(([field, counts]) => {
    const shift = populationStability(counts, window.get(field) ?? []);
    return shift === null ? [] : [{ field, shift }];
  });
  const believed = discoveries(
    shifts.map(({ shift }) => shift.p),
    FALSE_DISCOVERY_RATE,
  );
  return new Map(shifts.map(({ field, shift }, i) => [field, { ...shift, named: believed[i] === true }]));
}
