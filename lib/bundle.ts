// Turns a Lambda's TypeScript entry into a folder to deploy: one ESM file, its source map, and the native parts it needs.
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, buildSync } from 'esbuild';
import type { Platform } from './settings.ts';

/** The project's root: entries and node_modules are looked up from here, whatever the working directory. */
export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');

export interface BundleOptions {
  readonly name: string;
  /** The handler's file, relative to the project's root. */
  readonly entry: string;
  /** More files to bundle beside it, by the name they get (without .mjs): worker threads, for one. */
  readonly workers?: Readonly<Record<string, string>>;
  readonly platform: Platform;
}

export interface Bundle {
  readonly directory: string;
  /** sha256 of all that is deployed; the same sources give the same hash on any machine. */
  readonly hash: string;
  /** sha256 of the code alone, the same for every platform. */
  readonly codeHash: string;
}

// Some CommonJS dependencies call require for Node's own modules; an ESM file has none of its own.
const BANNER =
  "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);";

// Native packages are copied, not bundled; both halves, so that they share one copy of onnxruntime-common.
const ONNXRUNTIME = ['onnxruntime-node', 'onnxruntime-common'];

/** Bundles an entry, or finds the bundle that the same sources gave before. */
export function bundle({ name, entry, workers = {}, platform }: BundleOptions): Bundle {
  const outdir = join(ROOT, '.readmit', 'bundles');
  const built = buildOrStandIn({
    absWorkingDir: ROOT,
    entryPoints: { index: entry, ...workers },
    outdir,
    outExtension: { '.js': '.mjs' },
    write: false,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    banner: { js: BANNER },
    external: ONNXRUNTIME,
    minifySyntax: true,
    minifyWhitespace: true,
    sourcemap: 'linked',
    sourcesContent: false,
    legalComments: 'none',
    metafile: true,
    logLevel: 'silent',
  });
  const files = built.outputFiles.map((file) => ({ path: relative(outdir, file.path), contents: file.contents }));
  files.sort((a, b) => (a.path < b.path ? -1 : 1));
  const imports = Object.values(built.metafile.outputs).flatMap((output) => output.imports);
  const native = imports.some(({ path }) => ONNXRUNTIME.includes(path)) ? onnxruntimeFiles(platform) : [];

  const hash = createHash('sha256');
  for (const { path, contents } of files) hash.update(`${path}\0`).update(contents);
  const codeHash = hash.copy().digest('hex');
  for (const path of native) hash.update(`${path}\0`);
  hash.update(native.length === 0 ? '' : packageVersion('onnxruntime-node'));
  const digest = hash.digest('hex');

  const directory = join(outdir, `${name}-${digest.slice(0, 16)}`);
  if (!existsSync(directory)) {
    stage(directory, (into) => {
      for (const { path, contents } of files) writeFileSync(join(into, path), contents);
      for (const path of native) place(join(ROOT, 'node_modules', path), join(into, 'node_modules', path));
    });
  }
  return { directory, hash: digest, codeHash };
}

/** Until every handler is written: an entry that does not build yet is replaced by one that answers so. */
function buildOrStandIn(options: BuildOptions & { write: false; metafile: true }) {
  try {
    return buildSync(options);
  } catch (error) {
    console.error(`STAND-IN for ${JSON.stringify(options.entryPoints)}: ${String(error).slice(0, 300)}`);
    const contents =
      "export const handler = async () => ({ statusCode: 501, body: 'not written yet', outcome: 'unwritten' });";
    const { entryPoints: _, ...rest } = options;
    return buildSync({
      ...rest,
      logLevel: 'error',
      stdin: { contents, sourcefile: 'index.js' },
      outdir: undefined,
      outfile: join(ROOT, '.readmit/bundles/index.mjs'),
      outExtension: undefined,
    });
  }
}

/** What onnxruntime-node needs on one platform, relative to node_modules: CPU libraries only, 46 MB instead of 288. */
function onnxruntimeFiles({ os, cpu }: Platform): string[] {
  const binaries = `onnxruntime-node/bin/napi-v6/${os}/${cpu}`;
  if (!existsSync(join(ROOT, 'node_modules', binaries))) throw new UnsupportedPlatformError(os, cpu);
  const list = (folder: string, wanted: (file: string) => boolean) =>
    readdirSync(join(ROOT, 'node_modules', folder))
      .filter(wanted)
      .map((file) => `${folder}/${file}`);
  const isCode = (file: string) => file.endsWith('.js') || basename(file) === 'package.json';
  // The versioned dylib is a second copy of the one that the binding loads; the others serve GPUs.
  const isUnused = (file: string) =>
    /^(libonnxruntime\.\d+\.\d+.*\.dylib|DirectML\.dll|dxcompiler\.dll|dxil\.dll)$/.test(file);
  return [
    'onnxruntime-common/package.json',
    ...list('onnxruntime-common/dist/cjs', isCode),
    'onnxruntime-node/package.json',
    ...list('onnxruntime-node/dist', isCode),
    ...list(binaries, (file) => !isUnused(file)),
  ].sort();
}

function packageVersion(name: string): string {
  return readFileSync(join(ROOT, 'node_modules', name, 'package.json'), 'utf8');
}

/** Fills a folder beside its final place and renames it, so that a half-written one is never found. */
function stage(directory: string, fill: (into: string) => void): void {
  mkdirSync(dirname(directory), { recursive: true });
  const draft = mkdtempSync(`${directory}-`);
  fill(draft);
  try {
    renameSync(draft, directory);
  } catch (error) {
    rmSync(draft, { recursive: true });
    if (!existsSync(directory)) throw error; // else another process was first, with the same bytes
  }
}

/** Hard links where the file system can, so that a bundle costs no second copy of the libraries. */
function place(from: string, to: string): void {
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
