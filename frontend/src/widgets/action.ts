// Something that a button starts: busy while it runs, its failure kept until the next try.
import { useState } from 'preact/hooks';

export interface Action {
  readonly busy: boolean;
  readonly error: Error | null;
  run(work: () => Promise<void>): void;
}

export function useAction(): Action {
  const [state, setState] = useState<{ busy: boolean; error: Error | null }>({ busy: false, error: null });
  const run = (work: () => Promise<void>) => {
    if (state.busy) return;
    setState({ busy: true, error: null });
    work().then(
      () => setState({ busy: false, error: null }),
      (error: unknown) => setState({ busy: false, error: error instanceof Error ? error : new Error(String(error)) }),
    );
  };
  return { ...state, run };
}
