// The operator's bearer token: asked once, kept for this tab only.
import { recall, remember } from '../storage.ts';
import { createStore } from '../store.ts';

const KEY = 'readmit.token';

export const token = createStore<string | null>(recall('session', KEY));

export function setToken(value: string | null): void {
  remember('session', KEY, value);
  token.set(value);
}
