// Scores of test encounters as they are kept beside a model, so that it can be compared when nothing can compute its features any more.

import { createHash } from 'node:crypto';

/** 8 bytes that name an encounter without telling its id, and 8 bytes of the probability. */
const RECORD = 16;

/** @param ids encounter_id of each row */
export function encodeScores(ids: Float64Array, probabilities: Float64Array): Uint8Array {
  const records = Array.from(ids, (id, row) => ({ key: keyOf(id), probability: probabilities[row] }));
  records.sort((a, b) => (a.key < b.key ? -1 : 1));
  const bytes = new Uint8Array(records.length * RECORD);
  const view = new DataView(bytes.buffer);
  for (const [at, { key, probability }] of records.entries()) {
    view.setBigUint64(at * RECORD, key);
    view.setFloat64(at * RECORD + 8, probability);
  }
  return bytes;
}

/** The stored probability of each row, NaN where there is none. */
export function decodeScores(bytes: Uint8Array, ids: Float64Array): Float64Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const stored = new Map<bigint, number>();
  for (let at = 0; at + RECORD <= bytes.length; at += RECORD) {
    stored.set(view.getBigUint64(at), view.getFloat64(at + 8));
  }
  return ids.map((id) => stored.get(keyOf(id)) ?? Number.NaN);
}

function keyOf(id: number): bigint {
  return createHash('sha256').update(`encounter ${id}`).digest().readBigUInt64BE(0);
}
