// A champion that cannot be compared is not waved aside: an operator decides.
import type { GateCheck } from '../check.ts';

export const comparable: GateCheck = ({ incomparable }) => {
  if (incomparable === undefined) return null;
  const text = `${incomparable}: the challenger stays registered, and an operator may promote it with POST /promotions`;
  return { name: 'comparable', passed: false, value: null, limit: null, text };
};
