// Turns the Lambdas' TypeScript entries into folders to deploy: ESM files, their source maps, and native parts if needed.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { type BuildResult, buildSync, type OutputFile } from 'esbuild';
import { ONNXRUNTIME, onnxruntimeFiles, onnxruntimeVersion, place } from './onnxruntime.ts';
import { ROOT } from './root.ts';
import type { Platform } from './settings.ts';

export interface Entry {
  /** The handler's file, relative to the project's root; becomes index.mjs. */
  readonly handler: string;
  /** More files to bundle beside it, by the name they get (without .mjs): worker threads, for one. */
  readonly workers?: Readonly<Record<string, string>>;
  /** Files to lay beside the handler as they are: path there -> path below node_modules. */
  readonly files?: Readonly<Record<string, string>>;
}

export interface Bundle {
  readonly directory: string;
  /** sha256 of all that is deployed; the same sources give the same hash on any machine. */
  readonly hash: string;
  /** sha256 of the code alone, the same for every platform. */
  readonly codeHash: string;
}

const BUNDLES = join(ROOT, '.readmit', 'bundles');
const MODULES = join(ROOT, 'node_modules');

// Some CommonJS dependencies call require for Node's own modules; an ESM file has none of its own.
const BANNER =
  "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);";

/**
 * Bundles all entries in one go, so that what they share is parsed once; then gives the folder of each for a platform.
 * A folder that the same sources gave before is taken as it is.
 * @throws BundleError, UnsupportedPlatformError
 */
export function bundleAll<Name extends string>(
  entries: Readonly<Record<Name, Entry>>,
): (name: Name, platform: Platform) => Bundle {
  const built = build(entries);
  return (name, platform) => stageBundle(name, built, platform, entries[name].files ?? {});
}

type Built = BuildResult<{ write: false; metafile: true }>;

function build(entries: Readonly<Record<string, Entry>>): Built {
  const points = Object.entries(entries).flatMap(([name, { handler, workers = {} }]) =>
    Object.entries({ index: handler, ...workers }).map(([file, path]) => [`${name}/${file}`, path]),
  );
  try {
    return buildSync({
      absWorkingDir: ROOT,
      entryPoints: Object.fromEntries(points),
      outdir: BUNDLES,
      outExtension: { '.js': '.mjs' },
      write: false,
      bundle: true,
      platform: 'node',
      target: 'node24',
      format: 'esm',
      mainFields: ['module', 'main'],
      banner: { js: BANNER },
      external: [...ONNXRUNTIME],
      minifySyntax: true,
      minifyWhitespace: true,
      sourcemap: 'linked',
      sourcesContent: false,
      legalComments: 'none',
      metafile: true,
      logLevel: 'silent',
    });
  } catch (error) {
    throw new BundleError(error instanceof Error ? error.message : String(error));
  }
}

function stageBundle(name: string, built: Built, platform: Platform, laid: NonNullable<Entry['files']>): Bundle {
  const files = built.outputFiles
    .map(({ path, contents }) => ({ path: relative(join(BUNDLES, name), path), contents }))
    .filter(({ path }) => !path.startsWith('..'))
    .concat(Object.entries(laid).map(([path, from]) => ({ path, contents: readFileSync(join(MODULES, from)) })))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  const native = importsOnnxruntime(name, built) ? onnxruntimeFiles(platform) : [];

  const hash = createHash('sha256');
  for (const { path, contents } of files) hash.update(`${path}\0`).update(contents);
  const codeHash = hash.copy().digest('hex');
  if (native.length > 0) hash.update([onnxruntimeVersion(), ...native].join('\0'));
  const digest = hash.digest('hex');

  const directory = join(BUNDLES, `${name}-${digest.slice(0, 16)}`);
  if (!existsSync(directory)) stage(directory, files, native);
  return { directory, hash: digest, codeHash };
}

function importsOnnxruntime(name: string, built: Built): boolean {
  const folder = `${relative(ROOT, BUNDLES).replaceAll('\\', '/')}/${name}/`;
  return Object.entries(built.metafile.outputs)
    .filter(([path]) => path.startsWith(folder))
    .some(([, output]) => output.imports.some(({ path }) => ONNXRUNTIME.includes(path)));
}

/** Fills a folder beside its final place and renames it, so that a half-written one is never found. */
function stage(directory: string, files: readonly Pick<OutputFile, 'path' | 'contents'>[], native: readonly string[]) {
  mkdirSync(dirname(directory), { recursive: true });
  const draft = mkdtempSync(`${directory}-`);
  for (const { path, contents } of files) {
    mkdirSync(dirname(join(draft, path)), { recursive: true });
    writeFileSync(join(draft, path), contents);
  }
  for (const path of native) place(join(ROOT, 'node_modules', path), join(draft, 'node_modules', path));
  try {
    renameSync(draft, directory);
  } catch (error) {
    rmSync(draft, { recursive: true });
    if (!existsSync(directory)) throw error; // else another process was first, with the same bytes
  }
}

export class BundleError extends Error {
  override readonly name = 'BundleError';
  constructor(problems: string) {
    super(`the functions do not build: correct what esbuild names here\n${problems}`);
  }
}
