// The two switches of the header.
import { language, speak, useWords } from '../text/language.ts';
import { THEMES, theme, wear } from './theme.ts';

export function LanguageChoice() {
  const next = language.use() === 'en' ? 'es' : 'en';
  return (
    <button type="button" class="quiet" lang={next} onClick={() => speak(next)}>
      {next === 'es' ? 'Español' : 'English'}
    </button>
  );
}

const SIGNS = { system: '◐', light: '☀', dark: '☾' } as const;

export function ThemeChoice() {
  const t = useWords();
  const current = theme.use();
  const next = THEMES[(THEMES.indexOf(current) + 1) % THEMES.length] ?? 'system';
  const label = t('theme.switch', { now: t(`theme.${current}`) });
  return (
    <button type="button" class="quiet sign" onClick={() => wear(next)} aria-label={label} title={label}>
      <span aria-hidden="true">{SIGNS[current]}</span>
    </button>
  );
}
