// The card's first figures: what the recipe is worth on encounters that came after all that it learned from.
import type { Estimate } from '../../../lambdas/core/evaluation/estimate.ts';
import type { TemporalEvaluation, TemporalFigures } from '../../../lambdas/core/temporal/schema.ts';
import { estimate } from '../experiments/slices.tsx';
import { useWords, type Words } from '../text/language.ts';
import { Table } from '../widgets/table.tsx';

export function InTime({ temporal }: { readonly temporal: TemporalEvaluation | undefined }) {
  const t = useWords();
  return (
    <section class="stack">
      <h3>{t('time.title')}</h3>
      {temporal?.outcome === 'measured' ? (
        <>
          <p>
            <b>{plainly(t, temporal.all)}</b>
          </p>
          <p class="note">{t('time.how', { windows: t.number(temporal.windows.length) })}</p>
          <Table
            caption={t('time.caption')}
            head={[
              t('time.encounters'),
              t('slices.rows'),
              'AUROC',
              t('time.observedExpected'),
              'ECE',
              t('time.slope'),
              t('time.intercept'),
              t('metric.log_loss'),
            ]}
            rows={[
              rowOf(t, t('time.all'), temporal.all),
              rowOf(t, t('time.firstSeen'), temporal.first_seen),
              ...temporal.windows.flatMap(({ from, to, all, first_seen, frozen }) => {
                const part = t('time.part', { from: t.number(100 * from, 0), to: t.number(100 * to, 0) });
                return [
                  rowOf(t, part, all),
                  rowOf(t, `${part}: ${t('time.firstSeen')}`, first_seen),
                  ...(frozen === null ? [] : [rowOf(t, `${part}: ${t('time.frozen')}`, frozen)]),
                ];
              }),
            ]}
          />
        </>
      ) : (
        <p>{temporal === undefined ? t('time.none') : t('time.notMeasured', { reason: temporal.reason })}</p>
      )}
    </section>
  );
}

/** The two figures that a clinician can use. */
function plainly(t: Words, { auroc, observed_expected }: TemporalFigures): string {
  const pairs = auroc.value === null ? '' : t('time.pairs', { pairs: t.number(100 * auroc.value, 0) });
  return `${pairs} ${came(t, observed_expected)}`.trim();
}

function came(t: Words, { value, low, high }: Estimate): string {
  if (value === null || low === null || high === null) return '';
  const of = (x: number) => t.number(100 * x, 0);
  return t('time.came', { came: of(value), low: of(low), high: of(high) });
}

function rowOf(t: Words, name: string, figures: TemporalFigures) {
  const { auroc, observed_expected, ece, slope, intercept, log_loss } = figures;
  return [
    name,
    t.number(figures.rows),
    ...[auroc, observed_expected, ece, slope, intercept, log_loss].map((each) => estimate(t, each)),
  ];
}
