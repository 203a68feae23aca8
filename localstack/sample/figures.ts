// The figures that the sample is drawn from: fitted to the real data by fit-figures.ts, none of them is a row of it.
import { readFileSync } from 'node:fs';
import { z } from 'zod';

const modelSchema = z.object({
  intercept: z.number(),
  terms: z.record(z.string(), z.record(z.string(), z.number())),
});

const figuresSchema = z.object({
  source: z.string(),
  rows: z.number(),
  /** Share of rows whose patient had an encounter before. */
  repeats: z.number(),
  /** Weights of a column's values by the key of its dependency; "" is the column's distribution over all rows. */
  tables: z.record(z.string(), z.record(z.string(), z.record(z.string(), z.number()))),
  early: modelSchema,
  late: modelSchema,
});

export type Figures = z.infer<typeof figuresSchema>;

export function readFigures(): Figures {
  return figuresSchema.parse(JSON.parse(readFileSync(new URL('figures.json', import.meta.url), 'utf8')));
}
