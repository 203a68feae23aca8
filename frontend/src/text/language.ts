// Which language the page speaks: the browser's first, then what was chosen.
import type { Text } from '../../../lambdas/core/encounter/fields/index.ts';
import { recall, remember } from '../storage.ts';
import { createStore } from '../store.ts';
import { en } from './en.ts';
import { es } from './es.ts';

export type Language = keyof Text;
export type TextKey = keyof typeof en;

const KEY = 'readmit.language';
const TEXTS: Readonly<Record<Language, Readonly<Record<TextKey, string>>>> = { en, es };

function first(): Language {
  const chosen = recall('local', KEY);
  if (chosen === 'en' || chosen === 'es') return chosen;
  return navigator.languages.find((tag) => /^(en|es)\b/.test(tag))?.startsWith('es') ? 'es' : 'en';
}

export const language = createStore<Language>(first());
document.documentElement.lang = language.get();

export function speak(next: Language): void {
  remember('local', KEY, next);
  document.documentElement.lang = next;
  language.set(next);
}

export interface Words {
  readonly language: Language;
  /** The text of a key, with `{name}` replaced. */
  (key: TextKey, values?: Readonly<Record<string, string | number>>): string;
  /** A text of the field contract. */
  of(text: Text): string;
  number(value: number, digits?: number): string;
  /** 0.1234 as 12.3 %. */
  percent(value: number, digits?: number): string;
  time(iso: string): string;
  duration(ms: number): string;
}

/** The words of the current language; the component renders again when it changes. */
export function useWords(): Words {
  return wordsOf(language.use());
}

const made = new Map<Language, Words>();

export function wordsOf(lang: Language): Words {
  const known = made.get(lang);
  if (known !== undefined) return known;
  const number = (value: number, digits = 0) =>
    value.toLocaleString(lang, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  const text = (key: TextKey, values: Readonly<Record<string, string | number>> = {}) =>
    TEXTS[lang][key].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
  const words: Words = Object.assign(text, {
    language: lang,
    of: (both: Text) => both[lang],
    number,
    percent: (value: number, digits = 1) => `${number(value * 100, digits)} %`,
    time: (iso: string) => new Date(iso).toLocaleString(lang, { dateStyle: 'medium', timeStyle: 'medium' }),
    duration: (ms: number) => {
      if (ms < 1000) return `${number(ms)} ms`;
      if (ms < 60_000) return `${number(ms / 1000, 1)} s`;
      return `${Math.floor(ms / 60_000)} min ${number(Math.round((ms % 60_000) / 1000))} s`;
    },
  });
  made.set(lang, words);
  return words;
}
