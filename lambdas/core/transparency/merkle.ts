// The Merkle tree of RFC 9162, section 2.1 (the tree of RFC 6962): its root, proofs, and their verification.
import { createHash } from 'node:crypto';

/** 32 bytes of SHA-256. */
export type Hash = Uint8Array;

/** Hash of a leaf: SHA-256(0x00 || data). */
export const hashLeaf = (data: Uint8Array): Hash => sha256(0, data);

/** Hash of an inner node: SHA-256(0x01 || left || right). The prefix keeps a node from passing for a leaf. */
const hashNode = (left: Hash, right: Hash): Hash => sha256(1, left, right);

/** Root of the tree over these leaf hashes; of none the hash of nothing. */
export function rootOf(leaves: readonly Hash[]): Hash {
  const [first] = leaves;
  if (first === undefined) return createHash('sha256').digest();
  if (leaves.length === 1) return first;
  const k = splitOf(leaves.length);
  return hashNode(rootOf(leaves.slice(0, k)), rootOf(leaves.slice(k)));
}

/**
 * The hashes that lead from a leaf to the root, the leaf's sibling first (PATH of section 2.1.3.1).
 * @param index 0-based position of the leaf
 * @throws {RangeError} there is no such leaf
 */
export function inclusionProof(index: number, leaves: readonly Hash[]): Hash[] {
  if (!(Number.isInteger(index) && index >= 0 && index < leaves.length)) {
    throw new RangeError(`a tree of ${leaves.length} leaves has no leaf ${index}`);
  }
  if (leaves.length === 1) return [];
  const k = splitOf(leaves.length);
  const [left, right] = [leaves.slice(0, k), leaves.slice(k)];
  return index < k
    ? [...inclusionProof(index, left), rootOf(right)]
    : [...inclusionProof(index - k, right), rootOf(left)];
}

/**
 * The hashes that show the tree of the first `size` leaves as the beginning of the whole (PROOF of section 2.1.4.1).
 * @throws {RangeError} `size` is not from 1 to the number of leaves
 */
export function consistencyProof(size: number, leaves: readonly Hash[]): Hash[] {
  if (!(Number.isInteger(size) && size >= 1 && size <= leaves.length)) {
    throw new RangeError(`a tree of ${leaves.length} leaves has no beginning of ${size}`);
  }
  return subproof(size, leaves, true);
}

/** @param known the verifier has the root of the subtree already */
function subproof(size: number, leaves: readonly Hash[], known: boolean): Hash[] {
  if (size === leaves.length) return known ? [] : [rootOf(leaves)];
  const k = splitOf(leaves.length);
  const [left, right] = [leaves.slice(0, k), leaves.slice(k)];
  return size <= k
    ? [...subproof(size, left, known), rootOf(right)]
    : [...subproof(size - k, right, false), rootOf(left)];
}

export interface Inclusion {
  readonly leaf: Hash;
  readonly index: number;
  readonly size: number;
  readonly root: Hash;
  readonly proof: readonly Hash[];
}

/** Whether the leaf stands at the index of the tree with this size and root (section 2.1.3.2). */
export function verifyInclusion({ leaf, index, size, root, proof }: Inclusion): boolean {
  if (!(Number.isSafeInteger(index) && Number.isSafeInteger(size) && index >= 0 && index < size)) return false;
  let [node, last, hash] = [index, size - 1, leaf];
  for (const sibling of proof) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      hash = hashNode(sibling, hash);
      while (node % 2 === 0 && node !== 0) [node, last] = [half(node), half(last)];
    } else {
      hash = hashNode(hash, sibling);
    }
    [node, last] = [half(node), half(last)];
  }
  return last === 0 && equal(hash, root);
}

export interface Consistency {
  readonly from: { readonly size: number; readonly root: Hash };
  readonly to: { readonly size: number; readonly root: Hash };
  readonly proof: readonly Hash[];
}

/** Whether the tree `from` is the beginning of the tree `to` (section 2.1.4.2). */
export function verifyConsistency({ from, to, proof }: Consistency): boolean {
  if (!(Number.isSafeInteger(from.size) && Number.isSafeInteger(to.size) && from.size >= 1)) return false;
  if (from.size > to.size) return false;
  if (from.size === to.size) return proof.length === 0 && equal(from.root, to.root);
  const [first, ...rest] = isPowerOfTwo(from.size) ? [from.root, ...proof] : proof;
  if (first === undefined) return false;
  let [node, last] = [from.size - 1, to.size - 1];
  while (node % 2 === 1) [node, last] = [half(node), half(last)];
  let [older, newer] = [first, first];
  for (const hash of rest) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      [older, newer] = [hashNode(hash, older), hashNode(hash, newer)];
      while (node % 2 === 0 && node !== 0) [node, last] = [half(node), half(last)];
    } else {
      newer = hashNode(newer, hash);
    }
    [node, last] = [half(node), half(last)];
  }
  return last === 0 && equal(older, from.root) && equal(newer, to.root);
}

/** The largest power of two below n: how many leaves go to the left. */
function splitOf(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

const half = (n: number) => Math.floor(n / 2);
const isPowerOfTwo = (n: number) => splitOf(n) * 2 === n || n === 1;
const equal = (a: Hash, b: Hash) => Buffer.compare(a, b) === 0;

function sha256(prefix: number, ...parts: readonly Uint8Array[]): Hash {
  const hash = createHash('sha256').update(Uint8Array.of(prefix));
  for (const part of parts) hash.update(part);
  return hash.digest();
}
