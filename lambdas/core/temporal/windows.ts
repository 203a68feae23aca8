// The windows of a rolling-origin evaluation: encounters in order, cut into parts; each later part is tested once by a model of what came before.

/** Parts of equal size; the first two are only ever trained on, each of the others is a window (Tashman 2000: rolling origin). */
export const PARTS = 5;
export const FIRST_TESTED = 2;

/** A window: rows with `start` <= order < `end`. `from` and `to` say the same as shares of the ordered rows. */
export interface Window {
  readonly from: number;
  readonly to: number;
  readonly start: number;
  readonly end: number;
}

/**
 * Cuts between distinct values, so that encounters of one moment are never on two sides. Windows without a row are left out.
 * @param order time of each row, in any unit; rows need not be sorted
 */
export function rollingWindows(order: Float64Array): Window[] {
  const ascending = order.toSorted();
  const cut = (part: number) => (part === PARTS ? Infinity : ascending[Math.floor((ascending.length * part) / PARTS)]);
  return Array.from({ length: PARTS - FIRST_TESTED }, (_, index) => FIRST_TESTED + index)
    .map((part) => ({ from: part / PARTS, to: (part + 1) / PARTS, start: cut(part), end: cut(part + 1) }))
    .filter(({ start, end }) => start < end);
}

/** By patient: the order of the first encounter of all that are known. */
export function firstSeen(groups: Float64Array, order: Float64Array): ReadonlyMap<number, number> {
  const first = new Map<number, number>();
  for (let row = 0; row < groups.length; row += 1) {
    const known = first.get(groups[row]);
    if (known === undefined || order[row] < known) first.set(groups[row], order[row]);
  }
  return first;
}
