// What the figures of one or two runs look like: ranking, calibration, and the way there.
import { useWords } from '../text/language.ts';
import { type Line, Plot } from '../widgets/plot.tsx';
import type { LookedAt } from './runs.ts';

const UNIT: [number, number] = [0, 1];
const DIAGONAL: readonly (readonly [number, number])[] = [
  [0, 0],
  [1, 1],
];
const REFERENCE = 2;

export function RunPlots({ looked }: { readonly looked: readonly LookedAt[] }) {
  const t = useWords();
  type Evaluation = NonNullable<LookedAt['measured']['evaluation']>;
  const each = (pick: (evaluation: Evaluation) => Line['points'], dots = false): Line[] =>
    looked.flatMap(({ run, measured }, color) =>
      measured.evaluation === null ? [] : [{ label: nameOf(run), points: pick(measured.evaluation), color, dots }],
    );
  const roc = each(({ curves }) => curves.roc);
  const recall = each(({ curves }) => curves.precision_recall);
  const calibration = each(({ curves }) => curves.calibration, true);
  const end = Math.max(0.1, ...calibration.flatMap(({ points }) => points.flat()));
  const learning = looked.flatMap(({ run, measured }, color): Line[] => {
    const curve = measured.fit?.learning_curve ?? [];
    if (curve.length === 0) return [];
    const name = nameOf(run);
    const train = curve.flatMap((point): [number, number][] =>
      point.train_log_loss === undefined ? [] : [[point.round, point.train_log_loss]],
    );
    return [
      { label: t('plot.validation', { name }), points: curve.map((p) => [p.round, p.validation_log_loss]), color },
      ...(train.length === 0 ? [] : [{ label: t('plot.train', { name }), points: train, color, dashed: true }]),
    ];
  });
  const reference = (label: string): Line => ({ label, points: DIAGONAL, color: REFERENCE, dashed: true });
  return (
    <div class="plots">
      {roc.length === 0 ? null : (
        <Plot
          title={t('plot.roc')}
          x={t('plot.fpr')}
          y={t('plot.tpr')}
          lines={[...roc, reference(t('plot.chance'))]}
          range={{ x: UNIT, y: UNIT }}
        />
      )}
      {recall.length === 0 ? null : (
        <Plot
          title={t('plot.pr')}
          x={t('metric.recall')}
          y={t('metric.precision')}
          lines={recall}
          range={{ x: UNIT, y: UNIT }}
        />
      )}
      {calibration.length === 0 ? null : (
        <Plot
          title={t('plot.calibration')}
          x={t('plot.predicted')}
          y={t('plot.observed')}
          lines={[...calibration, reference(t('plot.perfect'))]}
          range={{ x: [0, end], y: [0, end] }}
        />
      )}
      {learning.length === 0 ? null : (
        <Plot title={t('plot.learning')} x={t('plot.round')} y={t('metric.log_loss')} lines={learning} />
      )}
    </div>
  );
}

const nameOf = (run: { name: string; run_id: string }) => `${run.name} ${run.run_id.slice(-2)}`;
