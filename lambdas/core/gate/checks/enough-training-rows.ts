// So few training rows teach nothing, however well the test rows come out by chance.
import type { DataCheck } from '../check.ts';
import { enough } from '../enough.ts';

export const enoughTrainingRows: DataCheck = ({ data }, { least }) =>
  data === undefined ? null : enough('training', data.train, least.train);
