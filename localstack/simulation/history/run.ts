// One history from its beginning to its end, with what it showed.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Violation } from '../invariants/violation.ts';
import { Witness } from '../invariants/witness.ts';
import type { VirtualClock } from '../universe/clock.ts';
import { drawn, generator } from '../universe/random.ts';
import type { Altered } from '../world/network.ts';
import { World, type WorldParts } from '../world/world.ts';
import type { History } from './actions.ts';
import { Driver, type Functions } from './driver.ts';
import { fileOf } from './files.ts';

export interface Result {
  readonly seed: number;
  readonly violation: Violation | null;
  /** Faults that happened, by the names of what they befell. */
  readonly faults: readonly string[];
  /** Of all that took effect, in order: the same for the same history. */
  readonly trace: string;
  readonly events: number;
  readonly entries: number;
  readonly executions: number;
}

export interface Universe extends Pick<WorldParts, 'definition' | 'handlers' | 'rights'> {
  readonly clock: VirtualClock;
  readonly functions: Functions;
  readonly setRandom: (random: () => number) => void;
  readonly setWorld: (world: World) => void;
  readonly alter: Altered;
}

/** Fitted in no time. What a model predicts does not matter here; its bytes name its data, so that other data is another model. */
const CANDIDATES = [{ algorithm: 'constant' }];

export async function runHistory(history: History, universe: Universe): Promise<Result> {
  const { seed, percent, steps, spared } = history;
  const { clock, functions, definition, handlers, rights, alter } = universe;
  const random = generator(seed);
  universe.setRandom(generator(seed + 0.5));
  clock.reset();
  const witness = new Witness();
  const world = new World({
    ...{ clock, random, definition, handlers, rights, alter },
    faults: { seed, percent, spared: new Set(spared) },
    watcher: witness,
    candidates: CANDIDATES,
    gateSays: (decision) => gateSays(seed, decision),
  });
  universe.setWorld(world);
  const watches = witness.watch(world);
  const { violations } = witness;
  const driver = new Driver(world, functions, watches, violations, percent === 0);
  for (const step of steps) {
    await driver.play(step);
    await watches.rows.check();
    if (violations.first !== null) break;
  }
  if (violations.first === null) await driver.recover();
  if (violations.first === null) {
    const holders = await watches.rows.check();
    for (const key of world.objects.keys('incoming/')) {
      const text = new TextDecoder().decode(world.objects.peek(key)?.bytes);
      const lost = goodRows(text).filter((id) => !holders.has(id));
      if (lost.length > 0)
        violations.report('rows', `${key} was taken in, but encounters ${lost.join(', ')} are in no batch`);
    }
    watches.serving.checkCounters(true);
    watches.records.check(world.executions.all());
  }
  world.killAll();
  world.network.end();
  return {
    ...{ seed, violation: violations.first, faults: world.faults.happened },
    trace: createHash('sha256').update(world.network.trace.join('\n')).digest('hex').slice(0, 16),
    events: world.network.steps,
    entries: watches.ledger.entries.length,
    executions: world.executions.all().length,
  };
}

const decisionSchema = z.looseObject({
  outcome: z.string(),
  run_id: z.string(),
  challenger: z.unknown(),
  champion_rev: z.number(),
});

function gateSays(seed: number, decision: unknown): unknown {
  const parsed = decisionSchema.parse(decision);
  if (parsed.challenger === null) return decision;
  const yes = drawn(seed, `gate of ${parsed.run_id} against ${parsed.champion_rev}`) < 0.7;
  return { ...parsed, outcome: yes ? 'promote' : 'reject' };
}

const FILES = 6;

function goodRows(text: string): readonly number[] {
  for (let number = 0; number < FILES; number++) {
    const file = fileOf(number);
    if (file.text === text) return file.good;
  }
  return [];
}
