// The answer: how likely, compared with whom, why, and what the number is not.
import { useEffect, useRef } from 'preact/hooks';
import { FIELD_LIST } from '../../../lambdas/core/encounter/contract.ts';
import type { Prediction } from '../../../lambdas/core/serving/answers.ts';
import { useWords } from '../text/language.ts';
import { Failure } from '../widgets/failure.tsx';
import { Contributions } from './contributions.tsx';
import { Gauge } from './gauge.tsx';
import { arrived, predictState } from './state.ts';
import { Warnings } from './warnings.tsx';
import { WhatIf } from './what-if.tsx';

export function ResultCard() {
  const t = useWords();
  const { now, start, busy, error, draft } = predictState.use();
  const answers = arrived.use();
  const seen = useRef(answers);
  const card = useRef<HTMLElement>(null);
  useEffect(() => {
    if (answers !== seen.current && matchMedia('(max-width: 900px)').matches) card.current?.scrollIntoView();
    seen.current = answers;
  }, [answers]);
  return (
    <aside class="result" ref={card} aria-label={t('result.label')}>
      <Failure error={error} ask />
      {now === null ? (
        <div class="card empty">
          <h2>{t('result.emptyTitle')}</h2>
          <p>{t(busy ? 'result.busy' : 'result.empty')}</p>
        </div>
      ) : (
        <div class={`card answer ${now.prediction.prediction === 1 ? 'high' : 'low'}${busy ? ' busy' : ''}`}>
          <Answer prediction={now.prediction} stale={now.draft !== draft} />
          {start === null || start === now ? null : <WhatIf start={start} now={now} />}
          <Warnings warnings={now.prediction.warnings} />
          {now.prediction.explanation === undefined ? null : (
            <Contributions explanation={now.prediction.explanation} draft={now.draft} />
          )}
          <section>
            <h3>{t('meaning.title')}</h3>
            <p>{t('meaning.is')}</p>
            <p>{t('meaning.isNot', { fields: FIELD_LIST.length })}</p>
          </section>
          <p class="fine">
            {t('result.model', { name: now.prediction.model_name, version: now.prediction.model_version })}
            {' · '}
            {t('result.request', { id: now.prediction.request_id })}
          </p>
        </div>
      )}
    </aside>
  );
}

function Answer({ prediction, stale }: { readonly prediction: Prediction; readonly stale: boolean }) {
  const t = useWords();
  const { probability, threshold, risk_percentile: percentile, risk_group: group } = prediction;
  const high = prediction.prediction === 1;
  return (
    <div class="headline">
      <h2>
        <span class="sign" aria-hidden="true">
          {high ? '▲' : '▽'}
        </span>{' '}
        {t(high ? 'result.high' : 'result.low')}
      </h2>
      <p class="probability" data-testid="probability" data-stale={stale}>
        {t.percent(probability)}
      </p>
      <p class="of-what">{t('result.ofWhat')}</p>
      <Gauge probability={probability} threshold={threshold} />
      <div role="status" class="unseen">
        {stale ? '' : `${t(high ? 'result.high' : 'result.low')}, ${t.percent(probability)}`}
      </div>
      <dl class="facts">
        {group === null ? null : (
          <div>
            <dt>{t('result.observed')}</dt>
            <dd>
              {t('result.observedOf', { rate: t.percent(group.observed), rows: t.number(group.rows) })}
              <small>{t('result.group', { group: group.group, of: group.of })}</small>
            </dd>
          </div>
        )}
        <div>
          <dt>{t('result.percentile')}</dt>
          <dd>{t('result.percentileOf', { percent: t.percent(percentile / 100, 0) })}</dd>
        </div>
        <div>
          <dt>{t('result.threshold')}</dt>
          <dd>{t('result.thresholdOf', { threshold: t.percent(threshold) })}</dd>
        </div>
      </dl>
    </div>
  );
}
