// Where the probability stands between 0 and the highest that matters, and where "high" begins.
import { useWords } from '../text/language.ts';

/** Few patients of this kind have more; the scale ends at 100 % for those who do. */
const USUAL_END = 0.5;

export function Gauge({ probability, threshold }: { readonly probability: number; readonly threshold: number }) {
  const t = useWords();
  const end = Math.max(probability, threshold) > USUAL_END ? 1 : USUAL_END;
  const at = (value: number) => `${(Math.min(value, end) / end) * 100}%`;
  const label = t('gauge.label', { probability: t.percent(probability), threshold: t.percent(threshold) });
  return (
    <div class="gauge" role="img" aria-label={label}>
      <div class="track">
        <div class="fill" style={{ width: at(probability) }} />
        <div class="mark" style={{ left: at(threshold) }} />
      </div>
      <div class="scale">
        <span>0 %</span>
        <span class="threshold" style={{ left: at(threshold) }}>
          {t('gauge.threshold')}
        </span>
        <span>{t.percent(end, 0)}</span>
      </div>
    </div>
  );
}
