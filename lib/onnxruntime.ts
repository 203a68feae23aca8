// Which files of onnxruntime-node a function needs: one platform's CPU libraries, 46 MB instead of the package's 288.
import { cpSync, existsSync, linkSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { ROOT } from './root.ts';
import type { Platform } from './settings.ts';

/** Copied, never bundled; both halves, so that they share one copy of onnxruntime-common. */
export const ONNXRUNTIME: readonly string[] = ['onnxruntime-node', 'onnxruntime-common'];

const MODULES = join(ROOT, 'node_modules');

// The versioned dylib is a second copy of the one that the binding loads; the DLLs serve GPUs.
const UNUSED = /^(libonnxruntime\.\d+\.\d+.*\.dylib|DirectML\.dll|dxcompiler\.dll|dxil\.dll)$/;

/**
 * Paths relative to node_modules, sorted.
 * @throws UnsupportedPlatformError
 */
export function onnxruntimeFiles({ os, cpu }: Platform): string[] {
  const binaries = `onnxruntime-node/bin/napi-v6/${os}/${cpu}`;
  if (!existsSync(join(MODULES, binaries))) throw new UnsupportedPlatformError(os, cpu);
  const list = (folder: string, wanted: (file: string) => boolean) =>
    readdirSync(join(MODULES, folder))
      .filter(wanted)
      .map((file) => `${folder}/${file}`);
  const isCode = (file: string) => file.endsWith('.js') || file === 'package.json';
  return [
    'onnxruntime-common/package.json',
    ...list('onnxruntime-common/dist/cjs', isCode),
    'onnxruntime-node/package.json',
    ...list('onnxruntime-node/dist', isCode),
    ...list(binaries, (file) => !UNUSED.test(file)),
  ].sort();
}

export function onnxruntimeVersion(): string {
  const text = readFileSync(join(MODULES, 'onnxruntime-node', 'package.json'), 'utf8');
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
}

/** Hard links where the file system can, so that a bundle costs no second copy of the libraries. */
export function place(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  try {
    linkSync(from, to);
  } catch {
    cpSync(from, to);
  }
}

export class UnsupportedPlatformError extends Error {
  override readonly name = 'UnsupportedPlatformError';
  constructor(os: string, cpu: string) {
    super(`onnxruntime-node has no libraries for ${os}/${cpu}: use Linux (x64, arm64), macOS (arm64) or Windows`);
  }
}
