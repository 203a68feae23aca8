// The key of a running local cloud: another one at each start, in files for its owner alone, which the AWS tools read too.
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Credentials, REGION } from '../clients.ts';

export interface Key {
  readonly endpoint: string;
  readonly credentials: Credentials;
}

/** Files for AWS_SHARED_CREDENTIALS_FILE and AWS_CONFIG_FILE. */
export const keyFiles = (home: string) => ({
  credentials: join(home, 'aws', 'credentials'),
  config: join(home, 'aws', 'config'),
});

export function newCredentials(): Credentials {
  return { accessKeyId: 'readmit', secretAccessKey: randomBytes(32).toString('hex') };
}

export function writeKey(home: string, { endpoint, credentials: { accessKeyId, secretAccessKey } }: Key): void {
  const files = keyFiles(home);
  forgetKey(home); // a file that is there would keep its own mode
  mkdirSync(join(home, 'aws'), { recursive: true, mode: 0o700 });
  const secret = ['[default]', `aws_access_key_id = ${accessKeyId}`, `aws_secret_access_key = ${secretAccessKey}`, ''];
  writeFileSync(files.credentials, secret.join('\n'), { mode: 0o600 });
  const config = [
    '[default]',
    `region = ${REGION}`,
    `endpoint_url = ${endpoint}`,
    's3 =',
    '  addressing_style = path',
    '',
  ];
  writeFileSync(files.config, config.join('\n'), { mode: 0o600 });
}

/** The key of the engine that runs in a home; null when none does. */
export function readKey(home: string): Key | null {
  const files = keyFiles(home);
  try {
    const [secret, config] = [files.credentials, files.config].map((file) => readFileSync(file, 'utf8'));
    const value = (text: string | undefined, name: string) => new RegExp(`^${name} = (.+)$`, 'm').exec(text ?? '')?.[1];
    const accessKeyId = value(secret, 'aws_access_key_id');
    const secretAccessKey = value(secret, 'aws_secret_access_key');
    const endpoint = value(config, 'endpoint_url');
    if (accessKeyId === undefined || secretAccessKey === undefined || endpoint === undefined) return null;
    return { endpoint, credentials: { accessKeyId, secretAccessKey } };
  } catch {
    return null;
  }
}

export function forgetKey(home: string): void {
  rmSync(join(home, 'aws'), { recursive: true, force: true });
}
