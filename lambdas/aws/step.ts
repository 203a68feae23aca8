// What every state of the machine shares: its input is parsed, its time and memory recorded, its failure named.
import type { Context } from 'aws-lambda';
import * as z from 'zod';
import { now, ticks } from './clock.ts';
import { peakRssMb } from './memory.ts';
import { executions } from './tracking.ts';

const envelopeSchema = z.object({
  execution: z.object({ name: z.string().min(1), started_at: z.string() }),
  input: z.unknown(),
});

export interface Execution {
  readonly name: string;
  readonly started_at: string;
}

/** What a state's work gives: the answer that travels on, and facts that only the record keeps. */
export interface StepResult<O> {
  readonly output: O;
  readonly facts?: Readonly<Record<string, unknown>>;
}

export interface StepDefinition<I, O> {
  /** The state's name in the machine. */
  readonly state: string;
  readonly input: z.ZodType<I>;
  /** Tells the iterations of a Map apart in the record. */
  readonly item?: (input: I) => string;
  readonly work: (input: I, execution: Execution) => Promise<StepResult<O>>;
}

/**
 * A Lambda handler for one state. The record in Tracking holds milliseconds, peak RSS of the process in MB and facts.
 * A failure is logged and rethrown as `Name: message`, since some engines keep only the message.
 */
export function defineStep<I, O>(definition: StepDefinition<I, O>) {
  return async (event: unknown, _context?: Context): Promise<O> => {
    const started = ticks();
    const { execution, input: raw } = envelopeSchema.parse(event);
    try {
      const input = parseInput(definition, raw);
      const { output, facts = {} } = await definition.work(input, execution);
      const record = { ms: Math.round(ticks() - started), peak_rss_mb: peakRssMb(), ended_at: now(), facts };
      await executions.saveState(execution.name, definition.state, definition.item?.(input) ?? null, record);
      log('info', {
        state: definition.state,
        execution: execution.name,
        ms: record.ms,
        peak_rss_mb: record.peak_rss_mb,
      });
      return output;
    } catch (error) {
      const failure = toFailure(error);
      log('error', {
        state: definition.state,
        execution: execution.name,
        error: failure.name,
        message: failure.message,
      });
      throw failure;
    }
  };
}

function parseInput<I, O>({ state, input }: StepDefinition<I, O>, raw: unknown): I {
  const parsed = input.safeParse(raw);
  if (parsed.success) return parsed.data;
  throw new InvalidInputError(`the input of ${state} is not what it takes: ${z.prettifyError(parsed.error)}`);
}

export class InvalidInputError extends Error {
  override readonly name = 'InvalidInputError';
}

function toFailure(error: unknown): Error {
  const name = error instanceof Error ? error.name : 'Error';
  const text =
    error instanceof z.ZodError ? z.prettifyError(error) : error instanceof Error ? error.message : String(error);
  const failure = new Error(`${name}: ${text}`, { cause: error });
  failure.name = name;
  return failure;
}

function log(level: 'info' | 'error', entry: Readonly<Record<string, unknown>>): void {
  console.log(JSON.stringify({ level, ...entry }));
}
