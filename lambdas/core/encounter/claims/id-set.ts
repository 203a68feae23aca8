// Sets of encounter ids as sorted lists of doubles: 8 bytes an id in memory and as stored, compared in one pass.

/** Ascending, each id once. */
export type IdSet = Float64Array<ArrayBuffer>;

export function idSetOf(ids: Iterable<number>): IdSet {
  const sorted = Float64Array.from(ids).sort();
  let kept = 0;
  for (const id of sorted) if (kept === 0 || id !== sorted[kept - 1]) sorted[kept++] = id;
  return sorted.slice(0, kept);
}

/** Ids that both sets hold. */
export function common(a: IdSet, b: IdSet): IdSet {
  return select(a, b, true);
}

/** Ids of `a` that `b` does not hold. */
export function without(a: IdSet, b: IdSet): IdSet {
  return select(a, b, false);
}

export function holds(set: IdSet, id: number): boolean {
  let [low, high] = [0, set.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((set[middle] ?? 0) < id) low = middle + 1;
    else high = middle;
  }
  return set[low] === id;
}

/** Little endian doubles: how many ids there are, then the ids. */
export function encodeIds(ids: IdSet): Uint8Array {
  const list = new Float64Array(ids.length + 1);
  list[0] = ids.length;
  list.set(ids, 1);
  return new Uint8Array(list.buffer);
}

/** @throws RangeError when the bytes are not a whole list */
export function decodeIds(bytes: Uint8Array): IdSet {
  const list = new Float64Array(Uint8Array.from(bytes).buffer);
  if (list[0] !== list.length - 1) throw new RangeError(`a list of ${list[0]} encounter ids holds ${list.length - 1}`);
  return list.slice(1);
}

function select(a: IdSet, b: IdSet, inBoth: boolean): IdSet {
  const found = new Float64Array(a.length);
  let kept = 0;
  let at = 0;
  for (const id of a) {
    while (at < b.length && (b[at] ?? 0) < id) at++;
    if ((b[at] === id) === inBoth) found[kept++] = id;
  }
  return found.slice(0, kept);
}
