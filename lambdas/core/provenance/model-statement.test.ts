import { execFileSync, spawnSync } from 'node:child_process';
import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { canonicalJson, sha256Hex } from '../canonical.ts';
import { bundleOf, IN_TOTO, pemOf, preAuthEncoding } from './dsse.ts';
import type { ModelManifest } from './model-manifest.ts';
import { modelStatement, openModelSignature } from './model-statement.ts';

const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const spki = pair.publicKey.export({ type: 'spki', format: 'der' });

const files = { 'model.onnx': 'the graph', 'trees.json': '{}', 'evaluation.json': '{"auroc":0.69}' };
const sha256 = sha256Hex(files['model.onnx']);
const manifest: ModelManifest = {
  ...{ model_sha256: sha256, version: 1, run_id: 'r-00', plan: 'runs/r/plan.json', plan_sha256: sha256Hex('plan') },
  ...{ dataset_sha256: sha256Hex('data'), code_version: 'c' },
  clean: [{ batch_id: 1, train: sha256Hex('train'), validation: sha256Hex('validation'), test: sha256Hex('test') }],
  files: Object.fromEntries(Object.entries(files).map(([file, text]) => [file, sha256Hex(text)])),
};
const text = canonicalJson(manifest);
const statement = modelStatement(manifest, sha256Hex(text));
const bundle = bundleOf(statement, sign('sha256', preAuthEncoding(IN_TOTO, statement), pair.privateKey), spki);

describe('a signed model', () => {
  it('tells its files, its data, its code and its version', () => {
    const { files: signed, provenance } = openModelSignature(bundle, spki, sha256);
    expect(signed).toEqual({ ...manifest.files, 'manifest.json': sha256Hex(text) });
    expect(provenance).toMatchObject({ version: 1, dataset_sha256: sha256Hex('data'), code_version: 'c' });
  });

  it('is refused with another key, for another model, and with any byte of the statement changed', () => {
    const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ type: 'spki', format: 'der' });
    expect(() => openModelSignature(bundle, other, sha256)).toThrow('another key has signed it');
    expect(() => openModelSignature(bundle, spki, sha256Hex('x'))).toThrow('made for another model');
    const changed = Buffer.from(statement);
    changed[changed.length - 3] = (changed[changed.length - 3] ?? 0) ^ 1;
    const forged = bundle.replace(Buffer.from(statement).toString('base64'), changed.toString('base64'));
    expect(() => openModelSignature(forged, spki, sha256)).toThrow('the statement was changed');
    expect(() => openModelSignature('no JSON', spki, sha256)).toThrow('not a Sigstore bundle');
  });
});

const isInstalled = spawnSync('model_signing', ['--version']).status === 0;

describe.skipIf(!isInstalled)("OpenSSF's model-signing", () => {
  const folder = mkdtempSync(join(tmpdir(), 'readmit-signed-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const model = join(folder, 'model');
  const write = (file: string, content: string) => writeFileSync(join(model, file), content);
  const verify = () =>
    spawnSync('model_signing', [
      ...['verify', 'key', model, '--signature', join(model, 'model.sig'), '--public_key', join(folder, 'key.pem')],
    ]);

  it('accepts the folder with our public key, and refuses one flipped byte', () => {
    execFileSync('mkdir', [model]);
    for (const [file, content] of Object.entries({ ...files, 'manifest.json': text, 'model.sig': bundle }))
      write(file, content);
    writeFileSync(join(folder, 'key.pem'), pemOf(spki));
    const good = verify();
    expect(`${good.stdout}${good.stderr}`).toContain('Verification succeeded');
    expect(good.status).toBe(0);
    const damaged = readFileSync(join(model, 'model.onnx'));
    damaged[3] = (damaged[3] ?? 0) ^ 1;
    writeFileSync(join(model, 'model.onnx'), damaged);
    const refused = verify();
    expect(refused.status).not.toBe(0);
    expect(`${refused.stdout}${refused.stderr}`).toContain("Hash mismatch for 'model.onnx'");
  });
});
