// The chip in the header: is somebody there, and which model serves.
import { useEffect } from 'preact/hooks';
import { healthSchema } from '../../../lambdas/core/serving/answers.ts';
import { reachable, request } from '../api/client.ts';
import { useLoaded } from '../api/use-loaded.ts';
import { useWords } from '../text/language.ts';
import { linkTo } from './route.ts';

const EVERY_MS = 10_000;

export function ServiceState() {
  const t = useWords();
  const answered = reachable.use();
  const { data, reload } = useLoaded(() => request('GET', '/health', { schema: healthSchema }), 'health', EVERY_MS);
  useEffect(() => {
    window.addEventListener('online', reload);
    return () => window.removeEventListener('online', reload);
  }, [reload]);
  const model = data?.model_info ?? null;
  const state = !answered || data === null ? 'off' : model === null ? 'no-model' : 'on';
  const text = {
    off: answered ? t('state.asking') : t('state.off'),
    'no-model': t('state.noModel'),
    on: t('state.on', { version: model?.version ?? '' }),
  }[state];
  return (
    <a class={`chip state-${state}`} href={linkTo('models')} title={t('state.title')}>
      <span class="dot" aria-hidden="true" />
      {text}
    </a>
  );
}
