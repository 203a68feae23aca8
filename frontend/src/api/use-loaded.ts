// Data that a component shows: loaded when it appears, again on demand and with another token, and every so often while
// something is moving.
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { token } from './token.ts';

export interface Loaded<T> {
  readonly data: T | null;
  readonly error: Error | null;
  reload(): void;
}

/**
 * @param load called with the current `key`; a changed key loads anew
 * @param everyMs repeats while it is a number; the hook waits for an answer before the next request
 */
export function useLoaded<T>(load: () => Promise<T>, key: string, everyMs: number | null = null): Loaded<T> {
  const [state, setState] = useState<{ key: string; data: T | null; error: Error | null }>({
    key,
    data: null,
    error: null,
  });
  const [round, setRound] = useState(0);
  const bearer = token.use();
  const latest = useRef(load);
  latest.current = load;

  useEffect(() => {
    let current = true;
    let timer: number | undefined;
    latest
      .current()
      .then((data) => ({ key, data, error: null }))
      .catch((error: unknown) => ({ error: error instanceof Error ? error : new Error(String(error)) }))
      .then((result) => {
        if (!current) return;
        setState((old) => ({ key, data: old.key === key ? old.data : null, ...result }));
        if (everyMs !== null) timer = window.setTimeout(() => setRound((n) => n + 1), everyMs);
      });
    return () => {
      current = false;
      window.clearTimeout(timer);
    };
  }, [key, everyMs, round, bearer]);

  const reload = useCallback(() => setRound((n) => n + 1), []);
  return { data: state.key === key ? state.data : null, error: state.key === key ? state.error : null, reload };
}
