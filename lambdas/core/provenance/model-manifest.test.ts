import { describe, expect, it } from 'vitest';
import { canonicalJson, sha256Hex } from '../canonical.ts';
import { type ModelManifest, parseManifest, verifiedFile } from './model-manifest.ts';

const onnx = sha256Hex('onnx');
const card = Buffer.from('{"a":"card"}');
const manifest: ModelManifest = {
  ...{ model_sha256: onnx, version: 3, run_id: 'r-00', plan: 'runs/r/plan.json', plan_sha256: sha256Hex('plan') },
  ...{ dataset_sha256: sha256Hex('data'), code_version: 'c', clean: [] },
  files: { 'model.onnx': onnx, 'card.json': sha256Hex(card) },
};
const bytesOf = (value: ModelManifest) => Buffer.from(canonicalJson(value));

describe('the manifest of a model', () => {
  it('vouches for its files', () => {
    const parsed = parseManifest(bytesOf(manifest), { sha256: onnx, version: 3 });
    expect(verifiedFile(parsed, 'card.json', card)).toBe(card);
    expect(() => verifiedFile(parsed, 'card.json', Buffer.from('{"a":"cart"}'))).toThrow(
      `models/${onnx}/card.json does not have the sha256`,
    );
    expect(() => verifiedFile(parsed, 'evaluation.json', card)).toThrow('is not in the manifest');
  });

  it.each([
    ['another version', { sha256: onnx, version: 4 }, manifest, 'says version 3, the registry says 4'],
    ['another model', { sha256: sha256Hex('x'), version: 3 }, manifest, 'belongs to another model'],
  ])('of %s is refused', (_, asked, stored, why) => {
    expect(() => parseManifest(bytesOf(stored), asked)).toThrow(why);
  });
});
