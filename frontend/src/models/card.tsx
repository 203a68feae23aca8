// The model card (Mitchell et al. 2019) on the page: the same content as card.json, whose own words are English.
import type { ModelCard } from '../../../lambdas/core/card/card.ts';
import { METRICS } from '../experiments/runs.ts';
import { estimate } from '../experiments/slices.tsx';
import { useWords } from '../text/language.ts';
import { Plot } from '../widgets/plot.tsx';
import { Table } from '../widgets/table.tsx';
import { InTime } from './in-time.tsx';
import { SimplerWays } from './simpler-ways.tsx';

export function Card({ card }: { readonly card: ModelCard }) {
  const t = useWords();
  const { model, intended_use: use, training_data: data, evaluation, gate, threshold } = card;
  const { train, validation, test } = data.facts.eligible;
  const metrics = new Map(Object.entries(evaluation.metrics));
  const end = Math.max(0.1, ...card.calibration.flat());
  return (
    <div class="model-card stack">
      <section lang="en">
        <p>{use.purpose}</p>
        <h3>{t('card.for')}</h3>
        <List items={use.users} />
        <h3>{t('card.notFor')}</h3>
        <List items={use.not_for} />
      </section>
      <section>
        <h3>{t('card.data')}</h3>
        <p>
          {t('card.rows', {
            rows: t.number(data.facts.rows),
            quarantined: t.number(data.facts.quarantined),
            train: t.number(train),
            validation: t.number(validation),
            test: t.number(test),
          })}
        </p>
        <p class="note" lang="en">
          {data.source.name}. {data.source.citation} {data.source.license}. Split {data.split}.
        </p>
      </section>
      <InTime temporal={evaluation.temporal} />
      <h3>{t('card.random')}</h3>
      <p class="note">{t('card.randomHow')}</p>
      <Table
        caption={t('card.metrics', { rows: t.number(evaluation.rows), positives: t.number(evaluation.positives) })}
        head={[t('compare.metric'), t('card.value')]}
        rows={METRICS.flatMap(({ name, label }) => {
          const found = metrics.get(name);
          return found === undefined ? [] : [[t(label), estimate(t, found)]];
        })}
      />
      <SimplerWays ways={card.simpler_ways} />
      <Plot
        title={t('plot.calibration')}
        x={t('plot.predicted')}
        y={t('plot.observed')}
        lines={[
          { label: `${model.algorithm.replaceAll('_', ' ')}`, points: card.calibration, color: 0, dots: true },
          {
            label: t('plot.perfect'),
            points: [
              [0, 0],
              [end, end],
            ],
            color: 2,
            dashed: true,
          },
        ]}
        range={{ x: [0, end], y: [0, end] }}
      />
      <section lang="en">
        <h3 lang={t.language}>{t('card.gate')}</h3>
        <p>{gate.reason}</p>
        <ul class="checks">
          {gate.checks.map(({ name, passed, text }) => (
            <li key={name} class={passed ? 'passed' : 'failed'}>
              <b>{passed ? '✓' : '✕'}</b> {name.replaceAll('_', ' ')}: {text}
            </li>
          ))}
        </ul>
      </section>
      <section lang="en">
        <h3 lang={t.language}>{t('card.limits')}</h3>
        <List items={card.limits} />
        <h3 lang={t.language}>{t('card.ethics')}</h3>
        <List items={card.ethical_considerations} />
        <p class="fine">
          {threshold.policy} <code>{card.reproducibility}</code>
        </p>
      </section>
    </div>
  );
}

function List({ items }: { readonly items: readonly string[] }) {
  return (
    <ul>
      {items.map((item) => (
        <li key={item}>{item}</li>
      ))}
    </ul>
  );
}
