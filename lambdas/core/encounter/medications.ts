// The 23 medication columns of the source: given or not, and how the dose changed.
import { HEADER_COLUMNS, type HeaderColumn } from './header.ts';

/** Source columns from metformin to metformin-pioglitazone. */
export const MEDICATIONS: readonly HeaderColumn[] = HEADER_COLUMNS.slice(
  HEADER_COLUMNS.indexOf('metformin'),
  HEADER_COLUMNS.indexOf('change'),
);

export const DOSES = ['No', 'Steady', 'Up', 'Down'] as const;
export type Dose = (typeof DOSES)[number];
