// Light, dark, or as the system says.
import { recall, remember } from '../storage.ts';
import { createStore } from '../store.ts';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const KEY = 'readmit.theme';
export const theme = createStore<Theme>(THEMES.find((name) => name === recall('local', KEY)) ?? 'system');

export function wear(next: Theme): void {
  remember('local', KEY, next === 'system' ? null : next);
  document.documentElement.dataset.theme = next;
  theme.set(next);
}

document.documentElement.dataset.theme = theme.get();

const dark = matchMedia('(prefers-color-scheme: dark)');

/** Whether dark colors show now; plots on canvas need to know. */
export const isDark = (chosen: Theme) => (chosen === 'system' ? dark.matches : chosen === 'dark');
