import { ApiProblem, Unreachable } from '../api/client.ts';
import { token } from '../api/token.ts';
import { useWords } from '../text/language.ts';
import { Banner } from './banner.tsx';
import { TokenForm } from './token-form.tsx';

interface FailureProps {
  readonly error: Error | null;
  /** Ask for a token where one was missing; not beside controls that ask for it themselves. */
  readonly ask?: boolean;
}

/** What went wrong with a request, in the service's own words where it gave any. */
export function Failure({ error, ask = false }: FailureProps) {
  const t = useWords();
  const known = token.use();
  if (error === null) return null;
  if (error instanceof Unreachable) return <Banner kind="bad">{t('unreachable')}</Banner>;
  if (error instanceof ApiProblem) {
    if (error.status === 401 || error.status === 403) {
      return (
        <Banner kind="bad">
          {t('token.refused')}
          {ask && known === null ? <TokenForm /> : null}
        </Banner>
      );
    }
    return (
      <Banner kind="bad">
        <strong>{error.title}.</strong> {error.message}
      </Banner>
    );
  }
  return <Banner kind="bad">{t('unexpected', { message: error.message })}</Banner>;
}
