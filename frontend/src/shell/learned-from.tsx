// What the served model learned from: the source to cite in the footer, and a banner when nobody stands behind its rows.
import type { z } from 'zod';
import { healthSchema, modelInfoSchema } from '../../../lambdas/core/serving/answers.ts';
import { request } from '../api/client.ts';
import { useLoaded } from '../api/use-loaded.ts';
import { useWords } from '../text/language.ts';
import { Banner } from '../widgets/banner.tsx';

const EVERY_MS = 60_000;
const schema = modelInfoSchema.pick({ training_data: true, data_source: true });
type LearnedFrom = z.infer<typeof schema>;

/** Null while no model is promoted. */
export function useLearnedFrom(): LearnedFrom | null {
  return useLoaded(loadLearnedFrom, 'learned-from', EVERY_MS).data;
}

async function loadLearnedFrom(): Promise<LearnedFrom | null> {
  const { model_loaded } = await request('GET', '/health', { schema: healthSchema });
  return model_loaded ? request('GET', '/model-info', { schema }) : null;
}

export function GeneratedBanner({ learned }: { readonly learned: LearnedFrom | null }) {
  const t = useWords();
  return learned?.training_data.dataset.synthetic ? <Banner kind="warn">{t('generated')}</Banner> : null;
}

export function Footer({ learned }: { readonly learned: LearnedFrom | null }) {
  const t = useWords();
  const source = learned?.data_source;
  return (
    <footer>
      <p>
        {source === undefined ? null : (
          <>
            {t('footer.learned', { population: t.of(source.population) })}{' '}
            <a href={source.url} title={source.citation}>
              {source.repository}
            </a>
            {`, ${source.license}. `}
          </>
        )}
        {t('footer.estimate')}
      </p>
    </footer>
  );
}
