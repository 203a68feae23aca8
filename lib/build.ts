// Runs esbuild: TypeScript entries in, ESM files and their source maps out, in memory.
import { join, relative } from 'node:path';
import { type BuildResult, buildSync } from 'esbuild';
import { ONNXRUNTIME } from './onnxruntime.ts';
import { ROOT } from './root.ts';

export interface Entry {
  /** The handler's file, relative to the project's root; becomes index.mjs. */
  readonly handler: string;
  /** More files to bundle beside it, by the name they get (without .mjs): worker threads, for one. */
  readonly workers?: Readonly<Record<string, string>>;
  /** Files to lay beside the handler as they are: path there -> path below node_modules. */
  readonly files?: Readonly<Record<string, string>>;
}

export interface DeployedFile {
  /** Relative to the function's folder. */
  readonly path: string;
  readonly contents: Uint8Array;
}

export interface Build {
  /** Paths of all sources that were read, from the project's root. */
  readonly inputs: readonly string[];
  /** What one entry became, sorted by path. */
  readonly filesOf: (name: string) => readonly DeployedFile[];
  /** Whether an entry's code loads onnxruntime-node when it runs. */
  readonly isNative: (name: string) => boolean;
}

// Some CommonJS dependencies call require for Node's own modules; an ESM file has none of its own.
const BANNER =
  "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);";

// An ESM import of a built-in module reads all of its properties, and some load much on being read (http.WebSocket loads
// undici). As CommonJS it is asked for what is used: half the start of a function that calls AWS.
const LAZY_BUILTINS = Object.fromEntries(
  ['http', 'https', 'crypto'].flatMap((name) => [
    [name, `./lib/stand-ins/${name}.cjs`],
    [`node:${name}`, `./lib/stand-ins/${name}.cjs`],
  ]),
);

const STAND_INS = { ...LAZY_BUILTINS, '@aws-sdk/credential-provider-node': './lib/stand-ins/credentials.mjs' };

/**
 * Builds all entries in one go, so that what they share is parsed once.
 * @param folder where the functions' folders will lie: source maps point back from there
 * @throws BundleError
 */
export function build(entries: Readonly<Record<string, Entry>>, folder: string): Build {
  const built = runEsbuild(entries, folder);
  const outputs = Object.entries(built.metafile.outputs);
  return {
    inputs: Object.keys(built.metafile.inputs),
    filesOf: (name) =>
      built.outputFiles
        .map(({ path, contents }) => ({ path: relative(join(folder, name), path), contents }))
        .filter(({ path }) => !path.startsWith('..'))
        .sort((a, b) => (a.path < b.path ? -1 : 1)),
    isNative: (name) => {
      const own = `${relative(ROOT, join(folder, name)).replaceAll('\\', '/')}/`;
      const imports = outputs.flatMap(([path, output]) => (path.startsWith(own) ? output.imports : []));
      return imports.some(({ path }) => ONNXRUNTIME.includes(path));
    },
  };
}

function runEsbuild(
  entries: Readonly<Record<string, Entry>>,
  folder: string,
): BuildResult<{ write: false; metafile: true }> {
  const points = Object.entries(entries).flatMap(([name, { handler, workers = {} }]) =>
    Object.entries({ index: handler, ...workers }).map(([file, path]) => [`${name}/${file}`, path]),
  );
  try {
    return buildSync({
      absWorkingDir: ROOT,
      entryPoints: Object.fromEntries(points),
      outdir: folder,
      outExtension: { '.js': '.mjs' },
      write: false,
      bundle: true,
      platform: 'node',
      target: 'node24',
      format: 'esm',
      mainFields: ['module', 'main'],
      banner: { js: BANNER },
      external: [...ONNXRUNTIME],
      alias: STAND_INS,
      minify: true, // a third less to parse when a function starts; the source maps give the names back
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

export class BundleError extends Error {
  override readonly name = 'BundleError';
  constructor(problems: string) {
    super(`the functions do not build: correct what esbuild names here\n${problems}`);
  }
}
