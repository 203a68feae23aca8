// A value that components share: read with `use`, replaced with `set`.
import { useEffect, useState } from 'preact/hooks';

export interface Store<T> {
  get(): T;
  set(next: T): void;
  /** Inside a component: the value, again whenever it changes. */
  use(): T;
}

export function createStore<T>(initial: T): Store<T> {
  let value = initial;
  const listeners = new Set<(value: T) => void>();
  return {
    get: () => value,
    set: (next) => {
      value = next;
      for (const listener of listeners) listener(next);
    },
    use: () => {
      const [seen, setSeen] = useState<{ readonly value: T }>({ value });
      useEffect(() => {
        const listener = (next: T) => setSeen({ value: next });
        listeners.add(listener);
        if (seen.value !== value) listener(value);
        return () => {
          listeners.delete(listener);
        };
      }, []);
      return seen.value;
    },
  };
}
