// config.json beside the page: where the API is and what can be linked to. Written when the page is deployed.
import { z } from 'zod';

const configSchema = z.object({
  /** Base URL of the API, without a slash at the end; empty for the page's own origin. */
  api: z.string().default(''),
  /** ARN of the state machine on AWS, for a link to its console; null offline. */
  machine: z.string().nullable().default(null),
});
export type Config = z.infer<typeof configSchema>;

let loading: Promise<Config> | undefined;

export function config(): Promise<Config> {
  loading ??= load();
  return loading;
}

async function load(): Promise<Config> {
  try {
    const answer = await fetch('./config.json');
    return configSchema.parse(await answer.json());
  } catch {
    loading = undefined; // asked again with the next request
    return configSchema.parse({});
  }
}
