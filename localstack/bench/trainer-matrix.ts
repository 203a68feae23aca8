// Reads a feature matrix with its label, eligibility and split from a CSV.gz, and the kinds of its columns from the JSON beside it.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import type { Feature, LabelledMatrix } from '../../lambdas/core/encounter/matrix.ts';

const metaSchema = z.object({
  order: z.array(z.string()),
  columns: z.record(z.string(), z.object({ type: z.enum(['num', 'cat']), levels: z.array(z.string()).optional() })),
});
const SPLITS = { train: 'train', val: 'validation', test: 'test' } as const;

export interface Matrices {
  readonly train: LabelledMatrix;
  readonly validation: LabelledMatrix;
  readonly test: LabelledMatrix;
}

export interface MatrixOptions {
  /** Names of columns to leave out. */
  readonly leaveOut: (name: string) => boolean;
  /** Treat categories as the numbers that stand in the file. */
  readonly ordinal: boolean;
  /** Repeat each training row so many times. */
  readonly rowsTimes: number;
}

/** Eligible rows by split. The patient is not in the file, so each row is its own group. */
export function readMatrices(file: string, options: MatrixOptions): Matrices {
  const meta = metaSchema.parse(JSON.parse(readFileSync(join(dirname(file), 'features_meta.json'), 'utf8')));
  const text = gunzipSync(readFileSync(file)).toString('latin1');
  const header = text.slice(0, text.indexOf('\n')).trim().split(',');
  const names = meta.order.filter((name) => !options.leaveOut(name));
  const features = names.map((name): Feature => {
    const { type, levels } = meta.columns[name];
    const category = type === 'cat' && !options.ordinal;
    return { name, sources: [], kind: category ? 'category' : 'numeric', ...(category ? { levels } : {}) };
  });
  const places = names.map((name) => header.indexOf(name));
  const at = { label: header.indexOf('label'), eligible: header.indexOf('eligible'), split: header.indexOf('split') };
  const out = { train: new Rows(features), validation: new Rows(features), test: new Rows(features) };
  for (let start = text.indexOf('\n') + 1; start < text.length; ) {
    const end = text.indexOf('\n', start);
    const cells = text
      .slice(start, end < 0 ? text.length : end)
      .trim()
      .split(',');
    start = end < 0 ? text.length : end + 1;
    if (cells[at.eligible] !== '1') continue;
    const split = SPLITS[z.enum(['train', 'val', 'test']).parse(cells[at.split])];
    const times = split === 'train' ? options.rowsTimes : 1;
    for (let copy = 0; copy < times; copy += 1) out[split].add(cells, places, Number(cells[at.label]));
  }
  return { train: out.train.matrix(), validation: out.validation.matrix(), test: out.test.matrix() };
}

/** Rows that grow by doubling. */
class Rows {
  private values = new Float32Array(1 << 16);
  private readonly labels: number[] = [];
  private readonly features: readonly Feature[];

  constructor(features: readonly Feature[]) {
    this.features = features;
  }

  add(cells: readonly string[], places: readonly number[], label: number): void {
    const at = this.labels.length * places.length;
    if (at + places.length > this.values.length) {
      const larger = new Float32Array(this.values.length * 2);
      larger.set(this.values);
      this.values = larger;
    }
    for (let column = 0; column < places.length; column += 1) {
      const cell = cells[places[column]];
      this.values[at + column] = cell === '' ? Number.NaN : Number(cell);
    }
    this.labels.push(label);
  }

  matrix(): LabelledMatrix {
    const rows = this.labels.length;
    const values = this.values.slice(0, rows * this.features.length);
    return {
      features: this.features,
      rows,
      values,
      labels: Uint8Array.from(this.labels),
      groups: Float64Array.from(this.labels.keys()),
    };
  }
}
