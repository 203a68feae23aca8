// So few test rows measure nothing: any figure passes as chance.
import type { DataCheck } from '../check.ts';
import { enough } from '../enough.ts';

export const enoughTestRows: DataCheck = ({ data }, { least }) =>
  data === undefined ? null : enough('test', data.test, least.test);
