// Makes this thread a universe: its clock, its randomness, its services, and every handler that runs in it.

import { readFileSync } from 'node:fs';
import type { StateMachineDefinition } from 'aws-local-stepfunctions';
import { z } from 'zod';
import type { History } from '../history/actions.ts';
import type { Result, Universe } from '../history/run.ts';
import { alterationOf, rightsUnder } from '../planted/plant.ts';
import type { UniverseSettings } from '../protocol.ts';
import { current } from '../world/process.ts';
import { ENVIRONMENT } from '../world/settings.ts';
import type { World } from '../world/world.ts';
import { install, VirtualClock } from './clock.ts';

const ASL = new URL('../../../statemachines/training-pipeline.asl.json', import.meta.url);
const STEPS = ['ingest', 'clean', 'plan', 'train', 'evaluate', 'promote', 'reject', 'record-failure'] as const;

const handlerSchema = z.object({
  handler: z.custom<(event: unknown, context?: object) => Promise<unknown>>((value) => typeof value === 'function'),
});
const definitionSchema = z.custom<StateMachineDefinition>(
  (value) => z.looseObject({ States: z.looseObject({}) }).safeParse(value).success,
);

export async function openUniverse(
  settings: UniverseSettings,
): Promise<{ play: (history: History) => Promise<Result> }> {
  Object.assign(process.env, ENVIRONMENT);
  const clock = new VirtualClock();
  let random = Math.random;
  let world: World | null = null;
  install(
    clock,
    () => random(),
    () => {
      const holder = current();
      return () => holder?.life === 'frozen';
    },
  );
  keepLines();
  const { shareSessions } = await import('./onnx-sessions.ts');
  shareSessions();
  const { attach } = await import('../world/attach.ts');
  attach((command) => {
    if (world === null) throw new Error('there is no world yet');
    return world.network.send(command);
  });
  const handlers = new Map<string, (event: unknown) => Promise<unknown>>();
  for (const step of STEPS) {
    const { handler } = handlerSchema.parse(await import(`../../../lambdas/steps/${step}/handler.ts`));
    handlers.set(stateOf(step), handler);
  }
  const load = async (path: string) => handlerSchema.parse(await import(`../../../lambdas/${path}/handler.ts`)).handler;
  const universe: Universe = {
    ...{
      clock,
      handlers,
      rights: rightsUnder(settings.planted, settings.rights),
      alter: alterationOf(settings.planted),
    },
    definition: definitionSchema.parse(JSON.parse(readFileSync(ASL, 'utf8'))),
    functions: {
      registry: await load('api/registry'),
      pipeline: await load('api/pipeline'),
      monitor: await load('monitor'),
    },
    setRandom: (given) => {
      random = given;
    },
    setWorld: (made) => {
      world = made;
    },
  };
  const { runHistory } = await import('../history/run.ts');
  return { play: (history) => runHistory(history, universe) };
}

const stateOf = (folder: string) => folder.replace(/(^|-)(\w)/g, (_, _dash, letter: string) => letter.toUpperCase());

/** What a process writes to its log is kept with it, and not written anywhere. */
function keepLines(): void {
  const keep = (text: unknown) => {
    const writer = current();
    // The dead write nothing, though their last turn may still be under way here.
    if (writer?.life !== 'dead') writer?.lines.push(String(text).trimEnd());
    return true;
  };
  process.stdout.write = keep;
  console.log = keep;
}
