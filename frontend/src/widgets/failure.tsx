import { ApiProblem, Unreachable } from '../api/client.ts';
import { useWords } from '../text/language.ts';
import { Banner } from './banner.tsx';

/** What went wrong with a request, in the service's own words where it gave any. */
export function Failure({ error }: { readonly error: Error | null }) {
  const t = useWords();
  if (error === null) return null;
  if (error instanceof Unreachable) return <Banner kind="bad">{t('unreachable')}</Banner>;
  if (error instanceof ApiProblem) {
    if (error.status === 401 || error.status === 403) return <Banner kind="bad">{t('token.refused')}</Banner>;
    return (
      <Banner kind="bad">
        <strong>{error.title}.</strong> {error.message}
      </Banner>
    );
  }
  return <Banner kind="bad">{t('unexpected', { message: error.message })}</Banner>;
}
