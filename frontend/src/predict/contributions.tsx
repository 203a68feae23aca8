// Why: each field's share of the score (SHAP values in log-odds) as bars to the right (raised) or left (lowered the risk).
import { useState } from 'preact/hooks';
import { FIELD_LIST } from '../../../lambdas/core/encounter/contract.ts';
import type { Prediction } from '../../../lambdas/core/serving/answers.ts';
import { useWords } from '../text/language.ts';
import type { Draft } from './draft.ts';
import { shownValue } from './field.tsx';

const FIRST = 8;

export function Contributions(props: {
  readonly explanation: NonNullable<Prediction['explanation']>;
  readonly draft: Draft;
}) {
  const t = useWords();
  const [all, setAll] = useState(false);
  const { contributions } = props.explanation;
  const largest = Math.max(1e-9, ...contributions.map(({ contribution }) => Math.abs(contribution)));
  const rows = all ? contributions : contributions.slice(0, FIRST);
  return (
    <section class="contributions">
      <h3>{t('why.title')}</h3>
      <p class="note">{t('why.note')}</p>
      <ul>
        {rows.map(({ field: name, contribution }) => {
          const field = FIELD_LIST.find((one) => one.name === name);
          if (field === undefined) return null;
          const raised = contribution > 0;
          const effect = contribution === 0 ? 'why.none' : raised ? 'why.raised' : 'why.lowered';
          return (
            <li key={name}>
              <span class="what">
                {t.of(field.label)} <b>{shownValue(t, field, props.draft[field.name])}</b>
              </span>
              <span class="bar" aria-hidden="true">
                <span
                  class={raised ? 'raised' : 'lowered'}
                  style={{ width: `${(Math.abs(contribution) / largest) * 50}%` }}
                />
              </span>
              <span class={`effect ${raised ? 'up' : 'down'}`}>
                {t(effect)} <span class="amount">{signed(t.number(Math.abs(contribution), 2), contribution)}</span>
              </span>
            </li>
          );
        })}
      </ul>
      {contributions.length <= FIRST ? null : (
        <button type="button" class="quiet" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? t('why.fewer') : t('why.all', { count: contributions.length })}
        </button>
      )}
    </section>
  );
}

const signed = (text: string, value: number) => (value > 0 ? `+${text}` : value < 0 ? `−${text}` : text);
