// One version: its model card, rendered.
import { z } from 'zod';
import { type ModelCard, modelCardSchema } from '../../../lambdas/core/card/card.ts';
import { modelDetailSchema } from '../../../lambdas/core/operations/answers.ts';
import { request } from '../api/client.ts';
import { useLoaded } from '../api/use-loaded.ts';
import { useWords } from '../text/language.ts';
import { Banner } from '../widgets/banner.tsx';
import { Failure } from '../widgets/failure.tsx';
import { Card } from './card.tsx';

const signatureSchema = z.looseObject({ threshold: z.object({ policy: z.string(), value: z.number() }) });

export function ModelDetail({ version }: { readonly version: string }) {
  const t = useWords();
  const { data, error } = useLoaded(() => request('GET', `/models/${version}`, { schema: modelDetailSchema }), version);
  if (data === null) return error === null ? <p>{t('loading')}</p> : <Failure error={error} />;
  const card: ModelCard | undefined = modelCardSchema.safeParse(data.card).data;
  const threshold = signatureSchema.safeParse(data.signature).data?.threshold.value;
  return (
    <section class="stack" aria-label={t('models.versionName', { version })}>
      <div class="card stack">
        <h2>{t('card.title', { version })}</h2>
        <p class="fine">
          sha256 <code>{data.sha256}</code>
          {threshold === undefined ? null : <> · {t('card.threshold', { threshold: t.number(threshold, 4) })}</>}
        </p>
        {card === undefined ? <Banner kind="info">{t('card.none')}</Banner> : <Card card={card} />}
      </div>
    </section>
  );
}
