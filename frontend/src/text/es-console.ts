// Spanish words of the engineers' pages.
import type { console as english } from './en-console.ts';

export const console: Readonly<Record<keyof typeof english, string>> = {
  'token.refused': 'Esto requiere un token de operador, y el que se dio fue rechazado.',
};
