// npm run verify -- --checkpoint FILE: checks the ledger, a model and a prediction's version with public data alone.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { describeFailure, LocalFailure } from './failure.ts';
import { openApi } from './verify/api.ts';
import { verifyHistory } from './verify/history.ts';
import { verifyModel, verifyServed } from './verify/model.ts';

const HELP = `npm run verify -- --checkpoint FILE [options]

  --checkpoint FILE   a signed checkpoint of the ledger, as printed at the end of a run or given by GET /ledger/checkpoint
  --key TEXT          the log's public key, name+id+base64 (default: what the service says, which proves less)
  --model-key FILE    the models' public key in PEM (default: what the service says)
  --model VERSION     check this version's files and signature (default: the version that serves)
  --prediction FILE   an answer of POST /predict: check that its version served, under which entry, with which model
  --at TIME           with --prediction: when it was given
  --url URL           the service (default http://127.0.0.1:8000)
  --token TOKEN       a token with the scope read, where the service asks for one`;

const optionsSchema = z.object({
  checkpoint: z.string().min(1),
  key: z.string().optional(),
  'model-key': z.string().optional(),
  model: z.coerce.number().int().min(1).optional(),
  prediction: z.string().optional(),
  at: z.iso.datetime({ offset: true }).optional(),
  url: z.url().default('http://127.0.0.1:8000'),
  token: z.string().optional(),
});
type Options = z.infer<typeof optionsSchema>;

async function verify(options: Options): Promise<void> {
  const api = openApi(options.url, options.token);
  const keys = await api.keys();
  const logKey = options.key ?? keys.checkpoints;
  if (logKey === null) throw new LocalFailure('This service signs nothing.', 'Ask it for GET /ledger/keys.');
  if (options.key === undefined)
    console.log(`  key       ${logKey} (as the service says: keep it, and give it with --key)`);

  const entries = await verifyHistory(api, readFileSync(options.checkpoint, 'utf8'), logKey);
  const version = options.model ?? entries.at(-1)?.version;
  const modelKey = options['model-key'] === undefined ? keys.models : readFileSync(options['model-key'], 'utf8');
  if (version !== undefined) await verifyModel(api, entries, version, modelKey);
  if (options.prediction !== undefined) verifyServed(entries, readFileSync(options.prediction, 'utf8'), options.at);
}

try {
  const { values } = parseArgs({
    options: {
      ...{ checkpoint: { type: 'string' }, key: { type: 'string' }, 'model-key': { type: 'string' } },
      ...{ model: { type: 'string' }, prediction: { type: 'string' }, at: { type: 'string' } },
      ...{ url: { type: 'string' }, token: { type: 'string' }, help: { type: 'boolean' } },
    },
  });
  if (values.help) console.log(HELP);
  else {
    const options = optionsSchema.safeParse(values);
    if (!options.success) throw new LocalFailure(z.prettifyError(options.error), 'npm run verify -- --help');
    await verify(options.data);
    console.log('  all of it holds');
  }
} catch (error) {
  console.error(`\n${describeFailure(error)}`);
  process.exitCode = 1;
}
