// Figures in time as /model-info gives them: all later encounters, newcomers alone, and the newest window.
import * as z from 'zod';
import { type TemporalEvaluation, temporalFiguresSchema } from '../temporal/schema.ts';

export const laterFiguresSchema = z
  .object({
    /** What stands for time; encounter_id is an assumption, this data has no dates. */
    order: z.literal('encounter_id'),
    windows: z
      .int()
      .meta({ description: 'Later parts of the encounters, each tested by a model of what came before it' }),
    all: temporalFiguresSchema,
    first_seen: temporalFiguresSchema.meta({ description: 'Patients without an encounter before the window' }),
    newest: temporalFiguresSchema.meta({ description: 'The newest window alone' }),
  })
  .nullable();
type LaterFigures = z.infer<typeof laterFiguresSchema>;

export function laterFigures(temporal: TemporalEvaluation | undefined): LaterFigures {
  const newest = temporal?.outcome === 'measured' ? temporal.windows.at(-1) : undefined;
  if (temporal?.outcome !== 'measured' || newest === undefined) return null;
  const { order, windows, all, first_seen } = temporal;
  return { order, windows: windows.length, all, first_seen, newest: newest.all };
}
