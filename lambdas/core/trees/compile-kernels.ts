// Compiles assembly/kernels.ts to kernels-binary.ts: `node lambdas/core/trees/compile-kernels.ts`. The result is committed.
import { Buffer } from 'node:buffer';
import { readFileSync, writeFileSync } from 'node:fs';
import asc from 'assemblyscript/asc';

const SOURCE = new URL('./assembly/kernels.ts', import.meta.url);
const RESULT = new URL('./kernels-binary.ts', import.meta.url);

/** Text of kernels-binary.ts. The same source and compiler give the same text. */
export async function compileKernels(): Promise<string> {
  const source = readFileSync(SOURCE, 'utf8');
  let binary: Uint8Array = new Uint8Array(0);
  const { error, stderr } = await asc.main(
    [
      'kernels.ts',
      ...['--outFile', 'kernels.wasm', '-O3', '--runtime', 'stub', '--noAssert'],
      ...['--importMemory', '--sharedMemory', '--initialMemory', '1', '--maximumMemory', '65536'],
      ...['--enable', 'simd', '--enable', 'threads'],
    ],
    {
      readFile: (name) => (name === 'kernels.ts' ? source : null),
      writeFile: (name, contents) => {
        if (name === 'kernels.wasm' && typeof contents !== 'string') binary = contents;
      },
      listFiles: () => [],
    },
  );
  if (error !== null) throw new Error(`AssemblyScript: ${error.message}\n${stderr.toString()}`);
  const lines =
    Buffer.from(binary)
      .toString('base64')
      .match(/.{1,110}/g) ?? [];
  const body = lines.map((line) => `  '${line}'`).join(' +\n');
  return `// Written by compile-kernels.ts from assembly/kernels.ts (WebAssembly, base64). Do not edit.\nexport const KERNELS_BASE64 =\n${body};\n`;
}

if (import.meta.main) writeFileSync(RESULT, await compileKernels());
