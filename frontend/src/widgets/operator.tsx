// What only an operator may do: asks for the token once, then shows the controls.
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { setToken, token } from '../api/token.ts';
import { useWords } from '../text/language.ts';

export function Operator({ children }: { readonly children: ComponentChildren }) {
  const t = useWords();
  const known = token.use();
  const [text, setText] = useState('');
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
  const use = (event: Event) => {
    event.preventDefault();
    if (text.trim() !== '') setToken(text.trim());
    setText('');
  };
  return (
    <form class="token" onSubmit={use}>
      <label for="token">{t('token.label')}</label>
      <div class="row">
        <input
          id="token"
          type="password"
          autocomplete="off"
          value={text}
          aria-describedby="token-note"
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <button type="submit">{t('token.use')}</button>
      </div>
      <p class="note" id="token-note">
        {t('token.note')}
      </p>
    </form>
  );
}
