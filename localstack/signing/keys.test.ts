import { createPrivateKey, createPublicKey } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ensureKeys } from './keys.ts';

const home = mkdtempSync(join(tmpdir(), 'readmit-keys-'));
afterAll(() => rmSync(home, { recursive: true }));

describe('the signing keys of the local cloud', () => {
  it('are made once, fit together, and are shut to other users', () => {
    const folder = ensureKeys(join(home, 'keys'));
    const read = (file: string) => readFileSync(join(folder, file), 'utf8');
    for (const name of ['model', 'checkpoint']) {
      const made = createPublicKey(createPrivateKey(read(`${name}.pem`))).export({ type: 'spki', format: 'pem' });
      expect(read(`${name}.pub.pem`)).toBe(made);
      expect(statSync(join(folder, `${name}.pem`)).mode & 0o777).toBe(0o600);
    }
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    const before = read('model.pem');
    ensureKeys(folder);
    expect(read('model.pem')).toBe(before);
  });
});
