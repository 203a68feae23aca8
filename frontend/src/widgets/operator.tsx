// What only an operator may do: asks for the token once, then shows the controls.
import type { ComponentChildren } from 'preact';
import { setToken, token } from '../api/token.ts';
import { useWords } from '../text/language.ts';
import { TokenForm } from './token-form.tsx';

export function Operator({ children }: { readonly children: ComponentChildren }) {
  const t = useWords();
  const known = token.use();
  if (known !== null) {
    return (
      <>
        {children}
        <p class="note">
          {t('token.known')}{' '}
          <button type="button" class="quiet" onClick={() => setToken(null)}>
            {t('token.forget')}
          </button>
        </p>
      </>
    );
  }
  return <TokenForm />;
}
