// npm run token: bearer tokens for the API, made, listed, revoked; and the way to the local cloud for the AWS tools.
import { userInfo } from 'node:os';
import { parseArgs } from 'node:util';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { z } from 'zod';
import { SCOPES } from '../lambdas/core/access/scopes.ts';
import { makeToken } from './access/make-token.ts';
import { registryTable, targetOf } from './access/target.ts';
import { type KnownToken, listTokens, revokeToken } from './access/tokens.ts';
import { keyFiles } from './engine/key.ts';
import { describeFailure, LocalFailure } from './failure.ts';
import { cloudHome } from './paths.ts';

const HELP = `npm run token -- [options]

  --scope SCOPE     ${SCOPES.join(', ')} (operate includes the others); may be given several times (default: predict)
  --name NAME       who the token is for; the ledger names them (default: your user name)
  --days N          the token ends after N days (default: 90)
  --list            show the tokens that there are
  --revoke ID       end a token now; --list shows the ids
  --aws-env         print what a shell needs to set for aws, boto3 and the SDKs to reach this folder's local cloud:
                    eval "$(npm run --silent token -- --aws-env)"

  --endpoint URL    a LocalStack instead of this folder's own local cloud
  --aws             a stack on AWS, with your own credentials and region
  --stack NAME      the deployed stack (default readmit-local)`;

const optionsSchema = z.object({
  scope: z.array(z.enum(SCOPES)).default(['predict']),
  name: z.string().trim().min(1).max(80),
  days: z.coerce.number().int().min(1).max(3650).default(90),
  list: z.boolean().default(false),
  revoke: z
    .string()
    .regex(/^[0-9a-f]{6,64}$/, 'an id is 6 or more letters 0-9 and a-f')
    .optional(),
  'aws-env': z.boolean().default(false),
  endpoint: z
    .url({ protocol: /^https?$/ })
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
  stack: z.string().default('readmit-local'),
  aws: z.boolean().default(false),
  help: z.boolean().default(false),
});
type Options = z.infer<typeof optionsSchema>;

const home = cloudHome(undefined);
/** For the user's eyes: standard output holds the answer alone. */
const tell = (line: string) => process.stderr.write(`${line}\n`);

async function run({ endpoint, list, revoke, ...options }: Options): Promise<string> {
  const target = targetOf({ stack: options.stack, endpoint, aws: options.aws }, home);
  tell(`For ${target.name}.`);
  const table = await registryTable(target, options.stack);
  const dynamo = new DynamoDBClient(target.config);
  if (list) return (await listTokens(dynamo, table)).map(tokenLine).join('\n');
  if (revoke !== undefined) {
    const line = tokenLine(await revokeToken(dynamo, table, revoke));
    tell('Revoked; where it was used in the last minute it may open doors for one more.');
    return line;
  }
  const { name, scope: scopes, days } = options;
  const text = await makeToken(dynamo, table, { name, scopes, days });
  tell(
    `Scope ${scopes.join(', ')}, ${days} days. Keep it: it is not shown again. Send it as  Authorization: Bearer TOKEN`,
  );
  return text;
}

function tokenLine({ id, name, scopes, created_at, expires_at }: KnownToken): string {
  const ends = expires_at === null ? 'no end' : `until ${new Date(expires_at * 1000).toISOString().slice(0, 10)}`;
  return `${id}  ${scopes.join(',').padEnd(20)}  from ${created_at.slice(0, 10)} ${ends}  ${name}`;
}

/** Shell commands. The key itself stays in its file. */
function awsEnvironment(options: Options): string {
  tell(`For ${targetOf({ stack: options.stack, endpoint: undefined, aws: false }, home).name}.`);
  const { credentials, config } = keyFiles(home);
  const quoted = (path: string) => `'${path.replaceAll("'", "'\\''")}'`;
  return [
    'unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN AWS_PROFILE AWS_REGION AWS_ENDPOINT_URL',
    `export AWS_SHARED_CREDENTIALS_FILE=${quoted(credentials)} AWS_CONFIG_FILE=${quoted(config)}`,
  ].join('\n');
}

function readOptions(): Options {
  const [text, flag] = [{ type: 'string' } as const, { type: 'boolean' } as const];
  const options = {
    ...{ name: text, days: text, revoke: text, endpoint: text, stack: text },
    ...{ list: flag, 'aws-env': flag, aws: flag, help: flag },
  };
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
  else console.log(options['aws-env'] ? awsEnvironment(options) : await run(options));
} catch (error) {
  process.stderr.write(`${describeFailure(error)}\n`);
  process.exitCode = 1;
}
