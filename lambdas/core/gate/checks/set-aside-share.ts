// Most of what came in is what was learned from: a large share set aside means that the file was not understood.
import type { DataCheck } from '../check.ts';
import { percent } from '../words.ts';

export const setAsideShare: DataCheck = ({ data }, { setAside }) => {
  if (data === undefined || data.setAside.rows === 0) return null;
  const { rows, aside, label, example } = data.setAside;
  const share = aside / rows;
  const tooMany = share > setAside.share;
  const labels = label / rows > setAside.labelShare;
  const found = `${aside} of ${rows} new rows (${percent(share)}) were set aside`;
  const limit =
    labels && !tooMany
      ? `${label} of them for their label; at most ${percent(setAside.labelShare)} may be`
      : `at most ${percent(setAside.share)} may be`;
  const text = `${found}, ${limit}${example === null ? '' : `. Most often: ${example}`}`;
  return {
    name: 'set_aside_share',
    asks: 'data',
    passed: !tooMany && !labels,
    value: share,
    limit: setAside.share,
    text,
  };
};
