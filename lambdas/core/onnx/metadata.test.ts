import { expect, it } from 'vitest';
import { exportOnnx } from './export.ts';
import { readMetadata } from './metadata.ts';

const features = [{ name: 'days', sources: ['time_in_hospital'], kind: 'numeric' as const }];
const model = { kind: 'constant' as const, margin: -2, features: ['days'], calibration: null };

it('an exported model says what was written into it', () => {
  const metadata = readMetadata(exportOnnx(model, features, { run_id: 'r1', note: 'größer' }));
  expect(metadata.get('run_id')).toBe('r1');
  expect(metadata.get('note')).toBe('größer');
  expect(metadata.get('feature_names')).toBe('["days"]');
});

it('bytes that are no model are an error or have no metadata, never a hang', () => {
  expect(() => readMetadata(Uint8Array.of(0x72, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff))).toThrow(
    RangeError,
  );
  expect(() => readMetadata(new TextEncoder().encode('<html>not a model</html>'))).toThrow(RangeError);
  expect(readMetadata(new Uint8Array(0)).size).toBe(0);
});
