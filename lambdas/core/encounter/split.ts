// The side of the split that a patient belongs to: all encounters of one patient are on the same side, for ever.
import { createHash } from 'node:crypto';

export const SPLITS = ['train', 'validation', 'test'] as const;
export type Split = (typeof SPLITS)[number];

const TRAIN_BELOW = 0.8;
const VALIDATION_BELOW = 0.9;

/** Uniform position of a patient in 0..1: the first 32 bits (big endian) of sha256(salt + ":" + patient), over 2^32. */
export function splitPosition(patientNbr: number, salt: string): number {
  const digest = createHash('sha256').update(`${salt}:${patientNbr}`).digest();
  return digest.readUInt32BE(0) / 2 ** 32;
}

/** 80 % of patients train, 10 % validate, 10 % test. */
export function splitOf(patientNbr: number, salt: string): Split {
  const position = splitPosition(patientNbr, salt);
  if (position < TRAIN_BELOW) return 'train';
  return position < VALIDATION_BELOW ? 'validation' : 'test';
}
