// The state behind the form. It lives outside of components: going to another page and back loses nothing.
import { type Prediction, predictionSchema } from '../../../lambdas/core/serving/answers.ts';
import { ApiProblem, request } from '../api/client.ts';
import { createStore } from '../store.ts';
import { BLANK, bodyOf, check, type Draft } from './draft.ts';

/** A prediction with the draft that it was made for. */
export interface Answered {
  readonly draft: Draft;
  readonly prediction: Prediction;
}

export interface PredictState {
  readonly draft: Draft;
  /** Fields that were left or tried to be sent: only their errors are shown. */
  readonly touched: ReadonlySet<string>;
  /** Fields that the service refused, until they change. */
  readonly refused: ReadonlySet<string>;
  /** Where the what-if started. */
  readonly start: Answered | null;
  readonly now: Answered | null;
  readonly busy: boolean;
  readonly error: Error | null;
}

export const predictState = createStore<PredictState>({
  draft: BLANK,
  touched: new Set(),
  refused: new Set(),
  start: null,
  now: null,
  busy: false,
  error: null,
});

const update = (change: Partial<PredictState>) => predictState.set({ ...predictState.get(), ...change });

/** Another patient: what was predicted for the one before goes away. */
export function replaceDraft(draft: Draft): void {
  asking?.abort();
  update({ draft, touched: new Set(), refused: new Set(), start: null, now: null, busy: false, error: null });
}

const SETTLED_MS = 150;
let timer: number | undefined;

/** One field changes. After a first prediction this is a what-if: it is asked at once. */
export function setField(name: string, value: string): void {
  const { draft, start, refused } = predictState.get();
  update({ draft: { ...draft, [name]: value }, refused: new Set([...refused].filter((field) => field !== name)) });
  if (start === null) return;
  window.clearTimeout(timer);
  timer = window.setTimeout(() => void ask(), SETTLED_MS);
}

export function touch(name: string): void {
  const { touched } = predictState.get();
  if (!touched.has(name)) update({ touched: new Set([...touched, name]) });
}

export function touchAll(names: Iterable<string>): void {
  update({ touched: new Set([...predictState.get().touched, ...names]) });
}

/** The present answer becomes the start of the next what-if. */
export function startHere(): void {
  update({ start: predictState.get().now });
}

export function backToStart(): void {
  const { start } = predictState.get();
  if (start !== null) update({ draft: start.draft, now: start, touched: new Set(), refused: new Set(), error: null });
}

let asking: AbortController | undefined;

/** Counts first answers: where form and answer stand one below the other, the page moves to the answer. */
export const arrived = createStore(0);

/** Asks for a prediction of the draft as it stands. Whatever fails, the draft stays. */
export async function ask(): Promise<void> {
  const { draft } = predictState.get();
  if (!check(draft).ok) return;
  asking?.abort();
  const mine = new AbortController();
  asking = mine;
  update({ busy: true });
  try {
    const body = bodyOf(draft);
    const prediction = await request('POST', '/predict?explain=true', {
      schema: predictionSchema,
      body,
      signal: mine.signal,
    });
    const now = { draft, prediction };
    const first = predictState.get().start === null;
    update({ now, start: predictState.get().start ?? now, busy: false, error: null });
    if (first) arrived.set(arrived.get() + 1);
  } catch (error) {
    if (mine.signal.aborted) return;
    const fields = error instanceof ApiProblem ? error.fields.map(({ field }) => field) : [];
    update({
      busy: false,
      error: error instanceof Error ? error : new Error(String(error)),
      refused: new Set(fields),
    });
  }
}
