// How an execution stands or ended, in the reader's words.
import type { Text } from '../../../lambdas/core/encounter/fields/index.ts';
import type { Words } from '../text/language.ts';

const WORDS: Readonly<Record<string, Text>> = {
  running: { en: 'running', es: 'en curso' },
  succeeded: { en: 'succeeded', es: 'terminada' },
  failed: { en: 'failed', es: 'fallida' },
  timed_out: { en: 'timed out', es: 'fuera de tiempo' },
  aborted: { en: 'stopped', es: 'detenida' },
  promoted: { en: 'promoted', es: 'puesta en servicio' },
  rejected: { en: 'rejected', es: 'rechazada' },
  champion_changed: { en: 'champion changed meanwhile', es: 'modelo cambiado entretanto' },
  held: { en: 'held by an operator', es: 'detenida por un responsable' },
  unchanged: { en: 'unchanged', es: 'sin cambios' },
};

/** @param state a status of Step Functions or an outcome that the chain wrote down */
export function outcomeWord(t: Words, state: string): string {
  const word = WORDS[state.toLowerCase()];
  return word === undefined ? state : t.of(word);
}
