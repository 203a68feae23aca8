// The options of npm start, parsed strictly: an unknown one is an error that names its nearest.
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { type AnyCandidate, candidateSchema } from '../lambdas/core/candidates/candidate.ts';
import { LocalFailure } from './failure.ts';

export const HELP = `npm start -- [options]

  --data FILE         encounters to train on (default: $READMIT_DATA, then data/diabetic_data.csv, then a generated sample)
  --dataset NAME      keep rows, runs and models of this data apart from all others, in a state of their own
  --rows N            take only the first N rows of the file, or generate N rows
  --batch-by-batch    replay the arrival of the data: one execution for each batch of 15,000 rows, champion against challenger
  --search N          also try N random configurations, cross-validated by patient
  --withdraw ID       take batch ID back first: later plans leave it out; --data with its file brings it back
  --candidate JSON    train this instead of the standard candidates, such as
                      '{"algorithm":"gradient_boosting","params":{"max_depth":5}}'; may be repeated
  --once              stop after the chain; exit code 0: it ended well, 1: it failed, 3: the data was refused
  --fresh             forget all local state first
  --port N            port of the API and the page (default 8000)
  --engine-port N     port of the local cloud (default 4566)
  --endpoint URL      use a LocalStack-compatible endpoint that already runs, instead of starting one
  --allow-host NAME   another name by which the API may be asked, e.g. host.docker.internal; may be given several times
  --allow-origin URL  a page of yours on another origin that may ask the API, e.g. http://localhost:5173; may be repeated
  --help              show this

Everything listens on 127.0.0.1 only. State lives in .readmit/; logs are in .readmit/logs.`;

/** The schema of the chain itself, so that what is accepted here is accepted there. */
function parseCandidate(text: string, context: z.RefinementCtx<string>): AnyCandidate {
  const refuse = (message: string) => {
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refuse(`${text.slice(0, 60)} is not JSON`);
  }
  const parsed = candidateSchema.safeParse(value);
  return parsed.success ? parsed.data : refuse(z.prettifyError(parsed.error).replaceAll('\n', ' '));
}

const port = z.coerce.number().int().min(1).max(65_535);
const originSchema = z.url({ protocol: /^https?$/ }).transform((url) => new URL(url).origin);
const schema = z.object({
  data: z.string().min(1).optional(),
  dataset: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'expected a name of small letters, digits and "-"')
    .optional(),
  rows: z.coerce.number().int().min(1).max(100_000_000).optional(),
  'batch-by-batch': z.boolean().default(false),
  search: z.coerce.number().int().min(1).max(200).optional(),
  withdraw: z.coerce.number().int().min(1).optional(),
  candidate: z.array(z.string().transform(parseCandidate)).default([]),
  once: z.boolean().default(false),
  fresh: z.boolean().default(false),
  port: port.default(8000),
  'engine-port': port.default(4566),
  endpoint: z.url({ protocol: /^https?$/ }).optional(),
  'allow-host': z.array(z.string().regex(/^[\w.-]+$/, 'it is a name without port')).default([]),
  'allow-origin': z.array(originSchema).default([]),
  help: z.boolean().default(false),
});

export interface StartOptions {
  readonly data: string | undefined;
  /** Name of a state of its own; undefined for the common one. */
  readonly dataset: string | undefined;
  readonly rows: number | undefined;
  readonly batchByBatch: boolean;
  readonly search: number | undefined;
  readonly withdraw: number | undefined;
  /** Empty: the standard ones. */
  readonly candidates: readonly AnyCandidate[];
  readonly once: boolean;
  readonly fresh: boolean;
  readonly port: number;
  readonly enginePort: number;
  readonly endpoint: string | undefined;
  readonly allowHosts: readonly string[];
  readonly allowOrigins: readonly string[];
  readonly help: boolean;
}

/** @throws LocalFailure naming the option that is unknown or does not fit. */
export function parseOptions(args: readonly string[]): StartOptions {
  const parsed = schema.safeParse(readArgs(args));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new LocalFailure(`--${issue?.path.join('.')} does not fit: ${issue?.message}.`, 'See npm start -- --help');
  }
  if (parsed.data.dataset !== undefined && parsed.data.endpoint !== undefined) {
    throw new LocalFailure(
      '--dataset keeps a local cloud apart; the one at --endpoint is run by others.',
      'Give each dataset an endpoint of its own, or leave out one of the two.',
    );
  }
  const { 'batch-by-batch': batchByBatch, 'engine-port': enginePort, endpoint, candidate, ...rest } = parsed.data;
  return {
    ...rest,
    allowHosts: rest['allow-host'],
    allowOrigins: rest['allow-origin'],
    data: rest.data,
    dataset: rest.dataset,
    rows: rest.rows,
    search: rest.search,
    withdraw: rest.withdraw,
    endpoint: endpoint?.replace(/\/+$/, ''),
    candidates: candidate,
    batchByBatch,
    enginePort,
  };
}

function readArgs(args: readonly string[]): Readonly<Record<string, unknown>> {
  const flags = ['batch-by-batch', 'once', 'fresh', 'help'];
  const lists = ['allow-host', 'allow-origin', 'candidate'];
  const options = Object.fromEntries(
    Object.keys(schema.shape).map((name) => {
      const type: 'boolean' | 'string' = flags.includes(name) ? 'boolean' : 'string';
      return [name, { type, multiple: lists.includes(name) }];
    }),
  );
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    throw new LocalFailure(`${text.split('. ')[0]}.`, 'See npm start -- --help');
  }
}
