// How the gate writes its figures: four decimals, differences with their sign, intervals in brackets.

import type { Estimate } from '../evaluation/schema.ts';

export function withInterval({ value, low, high }: Estimate): string {
  return low === null ? figure(value) : `${figure(value)} [${figure(low)}, ${figure(high)}]`;
}

/** A difference in log loss and one in AUROC. */
export function changes(logLoss: Estimate, auroc: Estimate): string {
  return `log loss ${change(logLoss)}, AUROC ${change(auroc)}`;
}

export function change({ value, low, high }: Estimate): string {
  return low === null ? signed(value) : `${signed(value)} [${signed(low)}, ${signed(high)}]`;
}

export function figure(value: number | null): string {
  return value === null ? 'unknown' : value.toFixed(4);
}

export function signed(value: number | null, digits = 4): string {
  return value === null ? 'unknown' : `${value < 0 ? '' : '+'}${value.toFixed(digits)}`;
}

/** A share with as many digits as tell it from 0 and 1. */
export function percent(share: number): string {
  const value = 100 * share;
  return `${value > 99 && value < 100 ? Number(value.toFixed(3)) : Number(value.toFixed(1))} %`;
}
