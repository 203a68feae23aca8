// Of several that a challenger is compared with, the one that is hardest to beat.
import type { PairedComparison } from '../evaluation/schema.ts';

/** The comparison whose other side (b) has the lowest log loss; of equal ones the first by name. Null when there is none. */
export function strongest(
  comparisons: Readonly<Record<string, PairedComparison>>,
): { readonly name: string; readonly paired: PairedComparison } | null {
  const lossOf = ({ metrics }: PairedComparison) => metrics.log_loss.b ?? Infinity;
  const [first] = Object.entries(comparisons)
    .map(([name, paired]) => ({ name, paired }))
    .sort((a, b) => lossOf(a.paired) - lossOf(b.paired) || (a.name < b.name ? -1 : 1));
  return first ?? null;
}
