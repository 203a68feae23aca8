// How the rows came to be what was trained and measured on: sizes, and what was set aside of the batches that are new.

export interface Count {
  readonly rows: number;
  readonly positives: number;
}

/** One column's level among the rows of the new batches, as far as it could be read from a row that was set aside. */
export interface SetAsideLevel {
  readonly column: string;
  readonly level: string;
  /** All rows of this level, and those of them that were set aside. */
  readonly rows: number;
  readonly aside: number;
}

export interface SetAside {
  /** Rows of the batches that the champion did not have (of all batches without a champion), duplicates left out. */
  readonly rows: number;
  readonly aside: number;
  /** Of `aside`: rows whose label could not be read. */
  readonly label: number;
  readonly levels: readonly SetAsideLevel[];
  /** The commonest cause, in words: column, reason and an example. Null when nothing was set aside. */
  readonly example: string | null;
}

export interface DataFacts {
  readonly train: Count;
  readonly test: Count;
  readonly setAside: SetAside;
  /** Training rows of the champion; null without one. */
  readonly championTrain: Count | null;
}
