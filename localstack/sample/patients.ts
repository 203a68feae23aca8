// Who comes to the hospital next: somebody new, or somebody whose readmission an earlier row announced.
import type { Draft } from './draft.ts';

export interface Patient {
  readonly number: number;
  /** What stays with the patient; null on the first encounter. */
  readonly cells: Draft['cells'] | null;
}

/** Enough to mix patients over many rows, little enough to stay in memory for any number of them. */
const CAPACITY = 20_000;
const NUMBER_STEP = 60;

export class PatientPool {
  private readonly waiting: Patient[] = [];
  private lastNumber = 100;
  private readonly random: () => number;
  private readonly repeats: number;

  /** @param repeats share of encounters of patients who were there before */
  constructor(random: () => number, repeats: number) {
    this.random = random;
    this.repeats = repeats;
  }

  next(): Patient {
    const [kind, which] = [this.random(), this.random()];
    const returning = kind < this.repeats ? this.take(Math.floor(which * this.waiting.length)) : undefined;
    if (returning !== undefined) return returning;
    this.lastNumber += 1 + Math.floor(which * NUMBER_STEP);
    return { number: this.lastNumber, cells: null };
  }

  /** Somebody who will come back. */
  expect(patient: Patient): void {
    if (this.waiting.length >= CAPACITY) this.take(Math.floor(this.random() * CAPACITY));
    this.waiting.push(patient);
  }

  private take(index: number): Patient | undefined {
    const last = this.waiting.pop();
    const taken = this.waiting[index];
    if (taken === undefined || last === undefined) return last;
    this.waiting[index] = last;
    return taken;
  }
}
