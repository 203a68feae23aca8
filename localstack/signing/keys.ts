// The keys that sign models and checkpoints offline: made once beside the local cloud, readable by their owner alone.
import { generateKeyPairSync, type KeyPairKeyObjectResult } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Makes what is missing; gives the folder. model.pem is ECDSA P-256, checkpoint.pem Ed25519; *.pub.pem are public. */
export function ensureKeys(folder: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  ensure(join(folder, 'model'), () => generateKeyPairSync('ec', { namedCurve: 'P-256' }));
  ensure(join(folder, 'checkpoint'), () => generateKeyPairSync('ed25519'));
  return folder;
}

function ensure(file: string, make: () => KeyPairKeyObjectResult): void {
  if (existsSync(`${file}.pem`)) return;
  const { publicKey, privateKey } = make();
  writeFileSync(`${file}.pub.pem`, publicKey.export({ type: 'spki', format: 'pem' }));
  // Under its name only when it is whole: a pair that a crash cut in two is made anew.
  writeFileSync(`${file}.new`, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  renameSync(`${file}.new`, `${file}.pem`);
}
