// The model beside scores that are added up at the bedside, other kinds of model and the mean rate.
import type { SimplerWay } from '../../../lambdas/core/bedside/simpler-ways.ts';
import { estimate } from '../experiments/slices.tsx';
import { useWords } from '../text/language.ts';
import { Table } from '../widgets/table.tsx';

export function SimplerWays({ ways }: { readonly ways: readonly SimplerWay[] }) {
  const t = useWords();
  if (ways.length === 0) return null;
  const figure = (value: number | null) => (value === null ? '–' : t.number(value, 3));
  return (
    <Table
      caption={t('simpler.caption')}
      head={[t('simpler.way'), 'AUROC', t('simpler.gain'), t('metric.log_loss'), t('simpler.change')]}
      rows={ways.map(({ title, auroc, log_loss, gain }) => [
        <span key="title" lang="en">
          {title}
        </span>,
        figure(auroc),
        estimate(t, gain.auroc),
        figure(log_loss),
        estimate(t, gain.log_loss),
      ])}
    />
  );
}
