// The frame of every page: navigation, state of the service, language, theme; and the page that the fragment names.
import type { ComponentType } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { reachable } from '../api/client.ts';
import { PredictPage } from '../predict/page.tsx';
import { type TextKey, useWords } from '../text/language.ts';
import { Banner } from '../widgets/banner.tsx';
import { Header } from './header.tsx';
import { Footer, GeneratedBanner, useLearnedFrom } from './learned-from.tsx';
import { type PageName, route } from './route.ts';

type Page = ComponentType<{ readonly rest: string }>;

/** Pages for engineers come when they are asked for: a clinician's first load stays small. */
const LATER: Readonly<Record<Exclude<PageName, 'predict'>, () => Promise<Page>>> = {
  pipeline: async () => (await import('../pipeline/page.tsx')).PipelinePage,
  experiments: async () => (await import('../experiments/page.tsx')).ExperimentsPage,
  models: async () => (await import('../models/page.tsx')).ModelsPage,
  monitoring: async () => (await import('../monitoring/page.tsx')).MonitoringPage,
};

const TITLES: Readonly<Record<PageName, TextKey>> = {
  predict: 'nav.predict',
  pipeline: 'nav.pipeline',
  experiments: 'nav.experiments',
  models: 'nav.models',
  monitoring: 'nav.monitoring',
};

export function App() {
  const t = useWords();
  const { page, rest } = route.use();
  const answered = reachable.use();
  const learned = useLearnedFrom();
  const main = useRef<HTMLElement>(null);
  const shown = useRef(page);
  const title = t(TITLES[page]);

  useEffect(() => {
    document.title = `${title} · readmit`;
    // Who navigates by keyboard or listens starts at the new page, not at the end of the old one.
    if (shown.current !== page) main.current?.focus();
    shown.current = page;
  }, [page, title]);

  return (
    <>
      <button type="button" class="skip" onClick={() => main.current?.focus()}>
        {t('skip')}
      </button>
      <Header page={page} />
      <div class="banners" aria-live="assertive">
        {answered ? null : <Banner kind="bad">{t('unreachable')}</Banner>}
        <GeneratedBanner learned={learned} />
      </div>
      <main id="main" tabIndex={-1} ref={main}>
        <h1 class="page-title">{title}</h1>
        {page === 'predict' ? <PredictPage /> : <Later key={page} page={page} rest={rest} />}
      </main>
      <Footer learned={learned} />
    </>
  );
}

function Later({ page, rest }: { readonly page: Exclude<PageName, 'predict'>; readonly rest: string }) {
  const t = useWords();
  const [Loaded, setLoaded] = useState<Page | null>(null);
  const [failed, setFailed] = useState<unknown>(null);
  useEffect(() => {
    LATER[page]().then(
      (component) => setLoaded(() => component),
      (error: unknown) => setFailed(error),
    );
  }, [page]);
  if (failed !== null) return <Banner kind="bad">{t('unexpected', { message: String(failed) })}</Banner>;
  return Loaded === null ? <p class="waiting">{t('loading')}</p> : <Loaded rest={rest} />;
}
