// What people and the passage of time do in a history, as plain data, drawn from a seed.
import { generator, pick } from '../universe/random.ts';

export type Act =
  /** Bring a file in through the API, under a name of its own. */
  | { readonly kind: 'upload'; readonly file: number; readonly name: string }
  /** Put a file there by S3's own means, over what is there. */
  | { readonly kind: 'replace'; readonly file: number; readonly name: string }
  | { readonly kind: 'execute'; readonly name: string }
  | { readonly kind: 'stop' }
  | { readonly kind: 'promote'; readonly nth: number }
  | { readonly kind: 'rollback' }
  | { readonly kind: 'hold' }
  | { readonly kind: 'release' }
  | { readonly kind: 'predict'; readonly environment: number; readonly requests: number }
  /** A Lambda is frozen between two requests as soon as it has answered; after so long it is asked again. */
  | { readonly kind: 'sleep'; readonly milliseconds: number }
  | { readonly kind: 'deliver' }
  | { readonly kind: 'scrape' }
  | { readonly kind: 'kill one' }
  | { readonly kind: 'kill all' };

export interface Step {
  readonly id: number;
  readonly act: Act;
  /** What happens in the world before the next step: so many things, or all that is under way. */
  readonly until: number | 'all';
}

export interface History {
  readonly seed: number;
  readonly percent: number;
  readonly steps: readonly Step[];
  readonly spared: readonly string[];
}

/** Files that every history begins with. */
const NAMES = ['a.csv', 'b.csv'];
/** A name that nothing has yet is where two uploads can meet. */
const ALL_NAMES = [...NAMES, 'c.csv'];
const WEIGHTS: readonly (readonly [Act['kind'], number])[] = [
  ['upload', 2],
  ['replace', 1],
  ['execute', 2],
  ['stop', 1],
  ['promote', 5],
  ['rollback', 3],
  ['hold', 1],
  ['release', 1],
  ['predict', 7],
  ['sleep', 3],
  ['deliver', 3],
  ['scrape', 1],
  ['kill one', 2],
  ['kill all', 1],
];

export function drawHistory(seed: number): History {
  const random = generator(seed * 2 + 1);
  const percent = pick(random, [0, 1, 3, 6]);
  const count = 8 + Math.floor(random() * 14);
  const steps: Step[] = [];
  const add = (act: Act, until: Step['until']) => steps.push({ id: steps.length, act, until });
  // Two files, so that there are two models as a rule.
  for (const [i, name] of NAMES.entries()) {
    add(
      { kind: 'upload', file: i * 2 + Math.floor(random() * 2), name },
      random() < 0.8 ? 'all' : Math.floor(random() * 9),
    );
    add({ kind: 'execute', name }, random() < 0.6 ? 'all' : Math.floor(random() * 80));
  }
  while (steps.length < count) {
    const act = drawAct(random);
    // Two who do the same at the same time are where most faults show.
    if (RACED.includes(act.kind) && random() < 0.5) add(drawnAgain(random, act), Math.floor(random() * 6));
    add(act, random() < 0.45 ? 'all' : Math.floor(random() ** 2 * 80));
  }
  return { seed, percent, steps, spared: [] };
}

function drawAct(random: () => number): Act {
  const kind = weighted(random);
  if (kind === 'upload' || kind === 'replace')
    return { kind, file: Math.floor(random() * 6), name: pick(random, ALL_NAMES) };
  const name = pick(random, NAMES);
  if (kind === 'execute') return { kind, name };
  if (kind === 'promote') return { kind, nth: Math.floor(random() * 4) };
  if (kind === 'predict') return { kind, environment: random() < 0.6 ? 0 : 1, requests: 1 + Math.floor(random() * 3) };
  if (kind === 'sleep') return { kind, milliseconds: pick(random, [3000, 9000, 14_000, 20_000, 60_000]) };
  return { kind };
}

const RACED: readonly Act['kind'][] = ['upload', 'execute', 'promote', 'rollback'];

/** The same kind of act: of the same name, with other contents. */
function drawnAgain(random: () => number, act: Act): Act {
  if (act.kind === 'upload') return { ...act, file: Math.floor(random() * 6) };
  if (act.kind === 'promote') return { ...act, nth: Math.floor(random() * 3) };
  return act.kind === 'execute' ? { ...act, name: pick(random, NAMES) } : act;
}

function weighted(random: () => number): Act['kind'] {
  let left = random() * WEIGHTS.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [kind, weight] of WEIGHTS) {
    left -= weight;
    if (left < 0) return kind;
  }
  return 'predict';
}

export function describeStep({ id, act, until }: Step): string {
  const { kind, ...details } = act;
  const told = Object.entries(details).map(([name, value]) => `${name} ${value}`);
  return `${id}. ${[kind, ...told].join(', ')}${until === 'all' ? '; wait for all' : `; ${until} events`}`;
}
