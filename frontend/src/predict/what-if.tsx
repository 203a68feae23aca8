// What changed against the start: the fields, and what they did to the probability.
import { useWords } from '../text/language.ts';
import { changed } from './draft.ts';
import { shownValue } from './field.tsx';
import { type Answered, backToStart, startHere } from './state.ts';

export function WhatIf({ start, now }: { readonly start: Answered; readonly now: Answered }) {
  const t = useWords();
  const before = start.prediction.probability;
  const after = now.prediction.probability;
  const points = (after - before) * 100;
  const sign = points > 0 ? '+' : points < 0 ? '−' : '±';
  return (
    <section class="what-if" aria-live="polite">
      <h3>{t('whatif.title')}</h3>
      <p class="delta">
        {t.percent(before)} → <b>{t.percent(after)}</b>{' '}
        <span class={points > 0 ? 'up' : 'down'}>
          {t('whatif.points', { points: `${sign}${t.number(Math.abs(points), 1)}` })}
        </span>
      </p>
      <ul>
        {changed(start.draft, now.draft).map((field) => (
          <li key={field.name}>
            {t.of(field.label)}: {shownValue(t, field, start.draft[field.name])} →{' '}
            <b>{shownValue(t, field, now.draft[field.name])}</b>
          </li>
        ))}
      </ul>
      <div class="row">
        <button type="button" onClick={backToStart}>
          {t('whatif.back')}
        </button>
        <button type="button" onClick={startHere}>
          {t('whatif.startHere')}
        </button>
      </div>
    </section>
  );
}
