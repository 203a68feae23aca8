// Whether an object's bytes are those that were recorded when it was written.
import { sha256Hex } from '../canonical.ts';

/**
 * The bytes themselves, once they are known to be the recorded ones.
 * @throws DamagedArtifactError
 */
export function verifiedBytes(key: string, bytes: Uint8Array, sha256: string): Uint8Array {
  if (sha256Hex(bytes) !== sha256) throw new DamagedArtifactError(key);
  return bytes;
}

export class DamagedArtifactError extends Error {
  override readonly name = 'DamagedArtifactError';
  constructor(key: string, what = 'does not have the sha256 that was recorded when it was written') {
    super(`${key} ${what}: restore its first version`);
  }
}
