// README's way to AWS up to the point that needs an account: the checks, the synthesis and the differences to an account
// in which nothing is deployed yet, which the local cloud plays.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, inject, it } from 'vitest';
import { clientEnvironment } from '../clients.ts';
import { ROOT } from '../paths.ts';

const deploy = (args: readonly string[], environment: Readonly<Record<string, string>> = {}) =>
  promisify(execFile)(process.execPath, ['bin/deploy.ts', ...args], {
    cwd: ROOT,
    env: {
      ...process.env,
      ...clientEnvironment({ endpoint: inject('endpoint'), credentials: inject('credentials') }),
      ...environment,
    },
    maxBuffer: 1 << 26,
  });

it('checks the account, builds the page, synthesizes, shows all that would be new, and changes nothing', async () => {
  const { stdout, stderr } = await deploy(['--dry-run', '-c', 'environment=first']);
  expect(stdout).toContain('readmit-first is absent');
  const said = stdout + stderr;
  for (const stack of ['readmit-first', 'readmit-first-web']) expect(said).toContain(`Stack ${stack}`);
  expect(said).toContain('[+] AWS::StepFunctions::StateMachine');
  expect(said).not.toContain('[-]');
  expect(stdout).toContain('Nothing was changed. A deployment would bootstrap the region first.');
});

it('says what is wrong with a context before it asks AWS anything', async () => {
  await expect(deploy(['--dry-run', '-c', 'memory={"Trian": 1}'])).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining('Trian'),
  });
});
