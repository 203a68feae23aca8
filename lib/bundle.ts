// The folders that are deployed as Lambdas: built code, files laid beside it, and native libraries where it needs them.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Build, build, type DeployedFile, type Entry } from './build.ts';
import { type BuiltCode, recallBuild, rememberBuild } from './build-record.ts';
import { onnxruntimeFiles, onnxruntimeVersion, place } from './onnxruntime.ts';
import { ROOT } from './root.ts';
import type { Platform } from './settings.ts';

export interface Bundle {
  readonly directory: string;
  /** sha256 of all that is deployed; the same sources give the same hash on any machine. */
  readonly hash: string;
  /** sha256 of the code alone: the same for every platform, and after a change of comments only. */
  readonly codeHash: string;
}

const BUNDLES = join(ROOT, '.readmit', 'bundles');
const MODULES = join(ROOT, 'node_modules');

/**
 * Gives the folder of each entry for a platform. Sources that were bundled before are neither built nor written again.
 * @throws BundleError, UnsupportedPlatformError
 */
export function bundleAll<Name extends string>(
  entries: Readonly<Record<Name, Entry>>,
): (name: Name, platform: Platform) => Bundle {
  let built: Build | undefined;
  const builtNow = () => {
    built ??= build(entries, BUNDLES);
    return built;
  };
  const filesOf = (name: Name) => [...builtNow().filesOf(name), ...laidFiles(entries[name])];
  const code = recallBuild(BUNDLES, entries) ?? buildAndRemember(entries, builtNow());
  return (name, platform) => {
    const { codeHash, filesHash, native } = code[name];
    const libraries = native ? onnxruntimeFiles(platform) : [];
    const hash = native ? sha256([filesHash, onnxruntimeVersion(), ...libraries].join('\0')) : filesHash;
    const directory = join(BUNDLES, `${name}-${hash.slice(0, 16)}`);
    if (!existsSync(directory)) stage(directory, filesOf(name), libraries);
    return { directory, hash, codeHash };
  };
}

function buildAndRemember(entries: Readonly<Record<string, Entry>>, built: Build): Readonly<Record<string, BuiltCode>> {
  const functions = Object.fromEntries(
    Object.entries(entries).map(([name, entry]) => {
      const files = [...built.filesOf(name), ...laidFiles(entry)];
      const code = files.filter(({ path }) => !path.endsWith('.map'));
      return [name, { codeHash: hashFiles(code), filesHash: hashFiles(files), native: built.isNative(name) }];
    }),
  );
  rememberBuild(BUNDLES, entries, built.inputs, functions);
  return functions;
}

function laidFiles({ files = {} }: Entry): DeployedFile[] {
  return Object.entries(files).map(([path, from]) => ({ path, contents: readFileSync(join(MODULES, from)) }));
}

function hashFiles(files: readonly DeployedFile[]): string {
  const hash = createHash('sha256');
  for (const { path, contents } of files) hash.update(`${path}\0${contents.length}\0`).update(contents);
  return hash.digest('hex');
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Fills a folder beside its final place and renames it, so that a half-written one is never found. */
function stage(directory: string, files: readonly DeployedFile[], libraries: readonly string[]): void {
  mkdirSync(dirname(directory), { recursive: true });
  const draft = mkdtempSync(`${directory}-`);
  for (const { path, contents } of files) {
    mkdirSync(dirname(join(draft, path)), { recursive: true });
    writeFileSync(join(draft, path), contents);
  }
  for (const path of libraries) place(join(MODULES, path), join(draft, 'node_modules', path));
  try {
    renameSync(draft, directory);
  } catch (error) {
    rmSync(draft, { recursive: true });
    if (!existsSync(directory)) throw error; // else another process was first, with the same bytes
  }
}
