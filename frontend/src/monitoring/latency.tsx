import { useWords } from '../text/language.ts';
import { bucketsOf, type Sample } from './exposition.ts';

/** How long the function took, as bars; the list is readable without seeing them. */
export function Latency({ samples }: { readonly samples: readonly Sample[] }) {
  const t = useWords();
  const all = bucketsOf(samples, 'prediction_duration_seconds');
  const last = all.findLastIndex(({ count }) => count > 0);
  const buckets = all.slice(0, last + 1);
  const largest = Math.max(1, ...buckets.map(({ count }) => count));
  const bound = (seconds: number) =>
    Number.isFinite(seconds)
      ? t('latency.upTo', { ms: t.number(seconds * 1000, seconds < 0.001 ? 2 : seconds < 0.01 ? 1 : 0) })
      : t('latency.more');
  return (
    <figure class="plot">
      <figcaption>{t('latency.title')}</figcaption>
      {buckets.length === 0 ? <p class="note">{t('latency.none')}</p> : null}
      <ul class="histogram">
        {buckets.map(({ upper, count }) => (
          <li key={String(upper)}>
            <span class="bound">{bound(upper)}</span>
            <span class="column" aria-hidden="true">
              <span style={{ width: `${(count / largest) * 100}%` }} />
            </span>
            <span class="count">{t.number(count)}</span>
          </li>
        ))}
      </ul>
    </figure>
  );
}
