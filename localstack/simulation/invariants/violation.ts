// What must hold in every history, by name.
export type Invariant =
  /** The ledger is one chain that only grows; what was acknowledged stands in it. */
  | 'ledger'
  /** While an operator's hold stands, the pipeline promotes nothing. */
  | 'holds'
  /** An immutable object keeps its first bytes. */
  | 'immutable'
  /** Each accepted row is in exactly one batch. */
  | 'rows'
  /** Nothing is trained on that the dataset's hash does not name. */
  | 'dataset'
  /** No answer comes from a version that was replaced longer than a time to live ago. */
  | 'serving'
  /** Counters equal the answers that were given. */
  | 'counters'
  /** Records say of a run and an execution what the ledger says. */
  | 'records'
  /** A file that lies ready is taken in once nothing goes wrong any more. */
  | 'progress'
  /** A route answers as its description says: never by 500 for what a client may ask. */
  | 'answers';

export interface Violation {
  readonly invariant: Invariant;
  readonly text: string;
}

/** Keeps the first violation of a history. */
export class Violations {
  first: Violation | null = null;

  report(invariant: Invariant, text: string): void {
    this.first ??= { invariant, text };
  }
}
