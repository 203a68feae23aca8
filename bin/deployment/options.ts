// The options of npm run deploy, parsed strictly.
import { parseArgs } from 'node:util';

export const HELP = `npm run deploy -- [options]

  -c KEY=VALUE    CDK context, as in README.md (may be repeated), e.g. -c environment=prod -c alarmEmail=ward@example.org
  --dry-run       check the account, synthesize and show the differences; change nothing
  --yes           do not ask before rights are broadened
  --help          show this

Takes credentials and region as the AWS command line does: environment, profile, single sign-on.`;

export interface DeployOptions {
  readonly context: Readonly<Record<string, string>>;
  readonly dryRun: boolean;
  readonly yes: boolean;
  readonly help: boolean;
}

/** The command line does not fit. */
export class OptionError extends Error {
  override readonly name = 'OptionError';
}

/** @throws OptionError */
export function parseOptions(args: readonly string[]): DeployOptions {
  const values = read(args);
  const pairs = (values.context ?? []).map((pair) => {
    const [key = '', ...value] = pair.split('=');
    if (key === '' || value.length === 0) throw new OptionError(`-c ${pair}: write -c KEY=VALUE.`);
    return [key, value.join('=')] as const;
  });
  return {
    context: Object.fromEntries(pairs),
    dryRun: values['dry-run'] ?? false,
    yes: values.yes ?? false,
    help: values.help ?? false,
  };
}

function read(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        context: { type: 'string', short: 'c', multiple: true },
        'dry-run': { type: 'boolean' },
        yes: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    throw new OptionError(error instanceof Error ? error.message : String(error));
  }
}
