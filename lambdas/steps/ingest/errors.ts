// How an ingestion can fail for good: each names the file and the remedy. (A header that deviates: core/encounter/header.ts.)

export class MissingSourceError extends Error {
  override readonly name = 'MissingSourceError';
  constructor(key: string) {
    super(`there is no object ${key} in the data bucket: upload the encounter file first, or correct "source"`);
  }
}

export class OtherDatasetError extends Error {
  override readonly name = 'OtherDatasetError';
  constructor(key: string, given: string, held: string) {
    super(
      `${key} was given as ${given}, but this deployment holds rows of ${held}, and two datasets are never trained on together: give the file to a deployment of its own, or correct "dataset"`,
    );
  }
}

export class EmptySourceError extends Error {
  override readonly name = 'EmptySourceError';
  constructor(key: string) {
    super(`${key} holds no encounter: expected a header line of 50 columns and at least one row`);
  }
}
