import { useId, useState } from 'preact/hooks';
import { setToken } from '../api/token.ts';
import { useWords } from '../text/language.ts';

/** Takes a bearer token for this tab. */
export function TokenForm() {
  const t = useWords();
  const id = useId();
  const [text, setText] = useState('');
  const use = (event: Event) => {
    event.preventDefault();
    if (text.trim() !== '') setToken(text.trim());
    setText('');
  };
  return (
    <form class="token" onSubmit={use}>
      <label for={id}>{t('token.label')}</label>
      <div class="row">
        <input
          id={id}
          type="password"
          autocomplete="off"
          value={text}
          aria-describedby={`${id}-note`}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <button type="submit">{t('token.use')}</button>
      </div>
      <p class="note" id={`${id}-note`}>
        {t('token.note')}
      </p>
    </form>
  );
}
