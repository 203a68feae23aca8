// A patient in a link. The values stand in the fragment, which browsers keep to themselves: no server log gets them.
import { type Body, bodyOf, type Draft, draftOf } from './draft.ts';

export function linkOf(draft: Draft): string {
  const bytes = new TextEncoder().encode(JSON.stringify(bodyOf(draft)));
  const text = btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
  return `${location.origin}${location.pathname}#/predict?e=${text}`;
}

/** The draft in a link's text, or null when it holds none. */
export function draftIn(text: string | null): Draft | null {
  if (text === null || text === '') return null;
  try {
    const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
    return parseDraft(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
}

/** A draft from pasted JSON, or null when it is no JSON object. */
export function parseDraft(json: string): Draft | null {
  try {
    const body: unknown = JSON.parse(json);
    return isRecord(body) ? draftOf(body) : null;
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
