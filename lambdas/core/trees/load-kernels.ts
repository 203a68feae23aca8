// The kernels as WebAssembly SIMD where it runs, else in plain TypeScript; both give the same bits.
import { Buffer } from 'node:buffer';
import type { Kernels } from './kernels.ts';
import { KERNELS_BASE64 } from './kernels-binary.ts';
import type { Block } from './memory.ts';
import { plainKernels } from './plain-kernels.ts';

/** Whether this machine runs the WebAssembly kernels (SIMD and shared memory). */
export function wasmRuns(): boolean {
  return typeof WebAssembly === 'object' && WebAssembly.validate(bytes());
}

export function kernelsOn(block: Block): Kernels {
  if (block instanceof SharedArrayBuffer) return plainKernels(block);
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes()), { env: { memory: block } });
  if (!isKernels(exports)) throw new Error('The compiled kernels lack a function: run npm run kernels.');
  return exports;
}

const NAMES: readonly (keyof Kernels)[] = [
  'gradients',
  'logLoss',
  'histogram',
  'flush',
  'addInto',
  'subtractFrom',
  'expand',
  'partition',
  'addByBin',
  'addConstant',
];

function isKernels(exports: object): exports is Kernels {
  return NAMES.every((name) => name in exports);
}

function bytes(): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.from(KERNELS_BASE64, 'base64'));
}
