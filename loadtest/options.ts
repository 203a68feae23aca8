// The options of npm run loadtest.
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { LocalFailure } from '../localstack/failure.ts';
import { SCENARIOS, TABLE } from './scenarios.ts';

export const HELP = `npm run loadtest -- --scenario S --target URL [--token T] [--seconds N]

${SCENARIOS.map((name) => `  ${name.padEnd(8)} ${TABLE[name].about}`).join('\n')}

  --target URL   the gateway (default http://127.0.0.1:8000), the engine's execute-api URL, or a deployed API
  --token T      bearer token, where the API asks for one
  --seconds N    length of classic, steady and soak, at most 3600
The report goes to loadtest/reports: JSON, and a page with plots and the comparison with the report before it.`;

const schema = z.strictObject({
  scenario: z.enum(SCENARIOS),
  target: z.url({ protocol: /^https?$/ }).default('http://127.0.0.1:8000'),
  token: z.string().min(1).optional(),
  seconds: z.coerce.number().int().min(5).max(3600).optional(),
});
export type LoadOptions = z.infer<typeof schema>;

/** @throws LocalFailure naming what does not fit */
export function parseLoadOptions(args: readonly string[]): LoadOptions {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: { scenario: text, target: text, token: text, seconds: text },
  });
  const parsed = schema.safeParse(values);
  if (!parsed.success) throw new LocalFailure(z.prettifyError(parsed.error), `\n${HELP}`);
  return { ...parsed.data, target: parsed.data.target.replace(/\/+$/, '') };
}
