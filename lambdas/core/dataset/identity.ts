// Which data something is made of: recorded when a source is registered, and carried from there by batch, plan, run,
// model and card.
import * as z from 'zod';

export const datasetIdentitySchema = z.object({
  /** Rows, runs and models belong to one dataset; two are never trained on together. */
  name: z.string().min(1),
  /** True for generated rows: then no figure says anything about patients. */
  synthetic: z.boolean(),
});
/** As it is read back: what was stored before the identity was recorded is in the form of the public data. */
export const recordedIdentitySchema = datasetIdentitySchema.default({ name: 'diabetes-130', synthetic: false });

export type DatasetIdentity = Readonly<z.infer<typeof datasetIdentitySchema>>;

export const identityOf = ({ name, synthetic }: DatasetIdentity): DatasetIdentity => ({ name, synthetic });
