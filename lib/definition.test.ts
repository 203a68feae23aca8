import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ExecutionError, StateMachine, type StateMachineDefinition } from 'aws-local-stepfunctions';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readDefinition } from './definition.ts';
import { synthesize } from './fixtures/synthesized.ts';
import { kebabCase } from './names.ts';
import { ROOT } from './root.ts';
import { STEP_NAMES, type StepName } from './steps.ts';

const inline = { cleanMap: 'inline', concurrency: { clean: 4, train: 2 } } as const;
const definition = readDefinition(inline);
const machine = new StateMachine(z.custom<StateMachineDefinition>().parse(readDefinition(inline)));

/** A transition that a Task may make: the state's payload in, the function's answer out. */
type Answer = (payload: { readonly execution: unknown; readonly input: unknown }) => unknown;

const decision = { outcome: 'promote', run_id: 'run-1', reason: 'better', champion_rev: 0 };
const answers: Readonly<Record<StepName, Answer>> = {
  Ingest: () => ({
    outcome: 'ingested',
    batches: [
      { batch_id: 1, claim: 1 },
      { batch_id: 2, claim: 3 },
    ],
    new_batches: [2],
  }),
  Clean: () => ({ batch_id: 1 }),
  Plan: () => ({
    outcome: 'planned',
    run_id: 'run-1',
    candidates: [{ index: 0 }, { index: 1 }, { index: 2 }],
  }),
  Train: ({ input }) => ({ outcome: 'trained', ...z.looseObject({}).parse(input) }),
  Evaluate: () => decision,
  Promote: () => ({ outcome: 'promoted', version: 1 }),
  Reject: () => ({ outcome: 'rejected' }),
  RecordFailure: () => ({ outcome: 'failed' }),
};

const invokeSchema = z.object({
  FunctionName: z.string(),
  Payload: z.object({ execution: z.unknown(), input: z.unknown() }),
});

/** Runs the machine as it stands, with answers in the place of the functions; tells the states in order. */
async function run(changed: Partial<Record<StepName, Answer>> = {}) {
  const calls: { readonly state: StepName; readonly payload: z.infer<typeof invokeSchema>['Payload'] }[] = [];
  const handlerOf = (state: StepName) => async (raw: unknown) => {
    const { FunctionName: name, Payload: payload } = invokeSchema.parse(raw);
    expect(name).toBe(`\${${state}FunctionArn}`);
    calls.push({ state, payload });
    return z.json().parse({ Payload: await (changed[state] ?? answers[state])(payload) });
  };
  const input = { source: 'incoming/a.csv', attempt: 1 };
  const { result, eventLogs } = machine.run(input, {
    overrides: {
      taskResourceLocalHandlers: Object.fromEntries(STEP_NAMES.map((state) => [state, handlerOf(state)])),
      retryIntervalOverrides: Object.fromEntries(STEP_NAMES.map((state) => [state, 0])),
    },
    context: { Execution: { Id: 'arn:1', Name: 'execution-1', Input: input } },
  });
  const outcome = await result.then(
    (output) => ({ output }),
    (error: unknown) => ({ error }),
  );
  const entered: string[] = [];
  for await (const event of eventLogs) if (event.type === 'StateEntered') entered.push(event.state.name);
  return { ...outcome, calls, entered, called: calls.map(({ state }) => state), last: entered.at(-1) };
}

const thrown =
  (name: string, message: string): Answer =>
  () => {
    throw Object.assign(new Error(message), { name });
  };

describe('the state machine', () => {
  it('has a folder for every Task state, and a Task state for every folder', () => {
    for (const name of STEP_NAMES) {
      expect(existsSync(join(ROOT, 'lambdas/steps', kebabCase(name), 'handler.ts'))).toBe(true);
    }
    expect(readdirSync(join(ROOT, 'lambdas/steps')).sort()).toEqual(STEP_NAMES.map(kebabCase).sort());
    expect([...JSON.stringify(definition).matchAll(/\$\{(\w+)FunctionArn\}/g)].map(([, name]) => name).sort()).toEqual(
      [...STEP_NAMES].sort(),
    );
  });

  it('is deployed with every placeholder filled', () => {
    const machines = Object.values(synthesize().template.findResources('AWS::StepFunctions::StateMachine'));
    const deployed = z
      .object({ DefinitionString: z.string(), DefinitionSubstitutions: z.record(z.string(), z.unknown()) })
      .parse(machines[0]?.Properties);
    const placeholders = [...deployed.DefinitionString.matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name);
    expect(placeholders.sort()).toEqual(Object.keys(deployed.DefinitionSubstitutions).sort());
  });

  it('takes a file to a promoted model, every batch and every candidate by itself', async () => {
    const { called, calls, last } = await run();
    expect(called).toEqual(['Ingest', 'Clean', 'Clean', 'Plan', 'Train', 'Train', 'Train', 'Evaluate', 'Promote']);
    expect(last).toBe('Promoted');
    expect(calls[0]?.payload.input).toEqual({ source: 'incoming/a.csv', attempt: 1 });
    expect(calls[2]?.payload.input).toEqual({ batch_id: 2, claim: 3 });
    expect(calls[3]?.payload.input).toEqual({
      request: { source: 'incoming/a.csv', attempt: 1 },
      new_batches: [2],
    });
    expect(calls[4]?.payload.input).toEqual({ run_id: 'run-1', candidate: { index: 0 } });
    expect(calls.at(-1)?.payload.input).toEqual(decision);
    for (const { payload } of calls) {
      expect(payload.execution).toEqual({ name: 'execution-1', started_at: expect.stringMatching(/^\d{4}-/) });
    }
  });

  it('cleans, and ends well without training, when the file brought no row that can be trained on', async () => {
    const { called, last, output } = {
      output: undefined,
      ...(await run({ Plan: () => ({ outcome: 'unchanged' }) })),
    };
    expect({ called, last, output }).toEqual({
      called: ['Ingest', 'Clean', 'Clean', 'Plan'],
      last: 'Unchanged',
      output: { outcome: 'unchanged' },
    });
  });

  it('ends as promoted when the ledger has this run already, and only its record was missing', async () => {
    const { called, last } = await run({ Plan: () => ({ outcome: 'promoted' }) });
    expect(called.at(-1)).toBe('Plan');
    expect(last).toBe('Promoted');
  });

  it('ends well with the champion in place when the gate says no', async () => {
    const { called, last } = await run({ Evaluate: () => ({ ...decision, outcome: 'reject' }) });
    expect(called.at(-1)).toBe('Reject');
    expect(last).toBe('Rejected');
  });

  it.each([
    ['champion_changed', 'ChampionChanged'],
    ['held', 'Held'],
  ])('ends well without a promotion when an operator stands above it: %s', async (outcome, state) => {
    const { called, last } = await run({ Promote: () => ({ outcome }) });
    expect(called.at(-1)).toBe('Promote');
    expect(last).toBe(state);
  });

  it.each([
    ['out of memory', 'Lambda.Unknown', 'Runtime exited with error: signal: killed'],
    ['out of time', 'States.Timeout', ''],
    ['a named error', 'BadMatrix', 'Row 3 of the training rows holds Infinity'],
  ])('goes on with the other candidates when one fails by %s', async (_, name, message) => {
    const index = z.looseObject({ input: z.object({ candidate: z.object({ index: z.number() }) }) });
    const Train: Answer = (payload) =>
      index.parse(payload).input.candidate.index === 1 ? thrown(name, message)(payload) : answers.Train(payload);
    const { calls, last } = await run({ Train });
    const evaluated = calls.find(({ state }) => state === 'Evaluate')?.payload.input;
    expect(evaluated).toMatchObject({
      candidates: [
        { outcome: 'trained' },
        { outcome: 'failed', index: 1, error: { Error: name } },
        { outcome: 'trained' },
      ],
    });
    expect(last).toBe('Promoted');
  });

  it('compares again when another execution changed the champion meanwhile', async () => {
    let promotions = 0;
    const Promote: Answer = () => ({ outcome: promotions++ === 0 ? 'compare_again' : 'promoted' });
    const { called, last } = await run({ Promote });
    expect(called.slice(-4)).toEqual(['Evaluate', 'Promote', 'Evaluate', 'Promote']);
    expect(last).toBe('Promoted');
  });

  it.each(['Ingest', 'Clean', 'Plan', 'Evaluate', 'Promote', 'Reject'] as const)(
    'records why %s failed, and fails with that error',
    async (state) => {
      const refused = state === 'Reject' ? { Evaluate: () => ({ ...decision, outcome: 'reject' }) } : {};
      const { calls, last, error } = {
        error: undefined,
        ...(await run({ ...refused, [state]: thrown('HeaderMismatchError', 'column 3 is "sex"') })),
      };
      const recorded = calls.at(-1);
      expect(recorded?.state).toBe('RecordFailure');
      expect(recorded?.payload).toMatchObject({
        execution: { id: 'arn:1', name: 'execution-1' },
        input: { request: { source: 'incoming/a.csv', attempt: 1 }, error: { Error: 'HeaderMismatchError' } },
      });
      expect(last).toBe('Failed');
      expect(error).toBeInstanceOf(ExecutionError);
    },
  );

  it('fails with the first error even when that cannot be recorded', async () => {
    const { called, last } = await run({
      Ingest: thrown('HeaderMismatchError', 'column 3 is "sex"'),
      RecordFailure: thrown('Error', 'table is away'),
    });
    expect(called).toEqual(['Ingest', 'RecordFailure']);
    expect(last).toBe('Failed');
  });

  it('fails by name when a step gives an outcome that the machine does not know', async () => {
    const { calls, last } = await run({ Evaluate: () => ({ ...decision, outcome: 'perhaps' }) });
    expect(calls.at(-1)?.payload.input).toMatchObject({ error: { Error: 'UnknownOutcome' } });
    expect(last).toBe('Failed');
  });

  it.each([
    ['Lambda.TooManyRequestsException', 2],
    ['Lambda.ServiceException', 2],
    ['ProvisionedThroughputExceededException', 2],
    ['ThrottlingException', 2],
    ['HeaderMismatchError', 1],
    ['States.Timeout', 1],
  ])('sends a call again after %s: %i calls in all', async (name, expected) => {
    let attempts = 0;
    const Evaluate: Answer = (payload) => (attempts++ === 0 ? thrown(name, 'once')(payload) : decision);
    await run({ Evaluate });
    expect(attempts).toBe(expected);
  });

  it('becomes a distributed Map over the batches by one field', () => {
    const distributed = readDefinition({ ...inline, cleanMap: 'distributed' });
    expect(distributed.States.CleanBatches.ItemProcessor.ProcessorConfig).toEqual({
      Mode: 'DISTRIBUTED',
      ExecutionType: 'STANDARD',
    });
    distributed.States.CleanBatches.ItemProcessor.ProcessorConfig = { Mode: 'INLINE' };
    expect(distributed).toEqual(definition);
  });
});
