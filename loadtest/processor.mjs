// What a user does next: called by Artillery, in plain JavaScript since Artillery loads it by itself.
import { readFileSync } from 'node:fs';

const TASKS = ['health', ...Array(2).fill('model-info'), ...Array(10).fill('predict')];
const VISITS_OF_PASSERS = 5;
let bodies;

const pick = (list) => list[Math.floor(Math.random() * list.length)];

export async function arrive(context) {
  bodies ??= JSON.parse(readFileSync(context.vars.bodiesFile, 'utf8'));
  context.vars.until = Date.now() + Number(context.vars.stay) * 1000;
  context.vars.visits = 0;
}

export async function choose(context) {
  context.vars.task = pick(TASKS);
  context.vars.body = pick(bodies);
  context.vars.wait = `${Math.round(1000 + 2000 * Math.random())}ms`;
}

// Artillery calls the condition of a loop with a callback and takes no promise.
export function stays(context, done) {
  context.vars.visits += 1;
  done(Number(context.vars.stay) > 0 ? Date.now() < context.vars.until : context.vars.visits < VISITS_OF_PASSERS);
}
