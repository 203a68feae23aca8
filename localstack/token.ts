// npm run token -- --scope operate: makes a bearer token for the API. Only its sha256 is kept, so it is shown once.
import { userInfo } from 'node:os';
import { parseArgs } from 'node:util';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { z } from 'zod';
import { SCOPES } from '../lambdas/core/access/scopes.ts';
import { makeToken } from './access/make-token.ts';
import { LOCAL_CREDENTIALS, REGION } from './clients.ts';
import { describeFailure, LocalFailure } from './failure.ts';

const HELP = `npm run token -- [options]

  --scope SCOPE     predict, read or operate (which includes the others); may be given several times (default operate)
  --name NAME       who the token is for; the ledger names them (default: your user name)
  --days N          the token ends after N days (default: never)
  --endpoint URL    the local cloud of a running npm start (default http://127.0.0.1:4566)
  --stack NAME      the deployed stack (default readmit-local)
  --aws             a stack on AWS, with your own credentials and region, instead of --endpoint`;

const optionsSchema = z.object({
  scope: z.array(z.enum(SCOPES)).default(['operate']),
  name: z.string().trim().min(1).max(80),
  days: z.coerce.number().int().min(1).max(3650).optional(),
  endpoint: z.url().default('http://127.0.0.1:4566'),
  stack: z.string().default('readmit-local'),
  aws: z.boolean().default(false),
  help: z.boolean().default(false),
});
type Options = z.infer<typeof optionsSchema>;

async function tokenFor(options: Options): Promise<string> {
  const config = options.aws
    ? {}
    : { endpoint: options.endpoint, region: REGION, credentials: { ...LOCAL_CREDENTIALS } };
  const table = await registryTable(new CloudFormationClient(config), options);
  const { name, scope: scopes, days } = options;
  return makeToken(new DynamoDBClient(config), table, { name, scopes, ...(days === undefined ? {} : { days }) });
}

async function registryTable(stacks: CloudFormationClient, { stack, endpoint, aws }: Options): Promise<string> {
  const answer = await stacks.send(new DescribeStacksCommand({ StackName: stack })).catch((cause: unknown) => {
    const remedy = aws
      ? 'Check --stack, your credentials and region.'
      : 'Start it with npm start, or name it by --endpoint.';
    throw new LocalFailure(`The stack ${stack} is not to be found${aws ? '' : ` at ${endpoint}`}.`, remedy, { cause });
  });
  const output = answer.Stacks?.[0]?.Outputs?.find(({ OutputKey }) => OutputKey === 'RegistryTableName');
  if (output?.OutputValue !== undefined) return output.OutputValue;
  throw new LocalFailure(`The stack ${stack} names no registry table.`, 'Deploy it again.');
}

function readOptions(): Options {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const options = { name: text, days: text, endpoint: text, stack: text, aws: flag, help: flag };
  const { values } = parseArgs({ options: { ...options, scope: { ...text, multiple: true } } });
  const parsed = optionsSchema.safeParse({ name: userInfo().username, ...values });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new LocalFailure(
    `--${issue?.path[0]?.toString()} does not fit: ${issue?.message}.`,
    'See npm run token -- --help',
  );
}

try {
  const options = readOptions();
  if (options.help) console.log(HELP);
  else {
    console.log(await tokenFor(options));
    process.stderr.write('\nKeep it: it is not shown again. Send it as  Authorization: Bearer TOKEN\n');
  }
} catch (error) {
  process.stderr.write(`${describeFailure(error)}\n`);
  process.exitCode = 1;
}
