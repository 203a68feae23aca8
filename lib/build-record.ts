// Remembers what the last build read and gave, so that an unchanged project is not built again.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { ROOT } from './root.ts';

/** One function's build: sha256 of its code, of all its files, and whether the code loads onnxruntime-node. */
const builtCodeSchema = z.object({ codeHash: z.string(), filesHash: z.string(), native: z.boolean() });
export type BuiltCode = z.infer<typeof builtCodeSchema>;

const recordSchema = z.object({
  /** sha256 of each source that went in, by its path from the project's root. Packages count by the lock file. */
  sources: z.record(z.string(), z.string()),
  functions: z.record(z.string(), builtCodeSchema),
});

// The builder, and all packages with it, decide what comes out of the same sources.
const BUILDER = ['lib/build.ts', 'lib/bundle.ts', 'package-lock.json', 'tsconfig.json'];

/**
 * What the same build gave before, if all that it read is unchanged; else null.
 * @param folder where records lie, one for each set of entries
 */
export function recallBuild(folder: string, entries: object): Readonly<Record<string, BuiltCode>> | null {
  const file = recordFile(folder, entries);
  if (!existsSync(file)) return null;
  const parsed = recordSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (!parsed.success) return null;
  const unchanged = Object.entries(parsed.data.sources).every(([path, hash]) => fileHash(path) === hash);
  return unchanged ? parsed.data.functions : null;
}

/** @param inputs paths of all that the build read, from the project's root */
export function rememberBuild(
  folder: string,
  entries: object,
  inputs: readonly string[],
  functions: Readonly<Record<string, BuiltCode>>,
): void {
  const own = inputs.filter((path) => !path.includes('node_modules/'));
  const record: z.infer<typeof recordSchema> = {
    sources: Object.fromEntries(own.map((path) => [path, fileHash(path) ?? ''])),
    functions,
  };
  const file = recordFile(folder, entries);
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(record));
  renameSync(draft, file);
}

function recordFile(folder: string, entries: object): string {
  const request = JSON.stringify([entries, BUILDER.map((path) => fileHash(path))]);
  return join(folder, `build-${createHash('sha256').update(request).digest('hex').slice(0, 16)}.json`);
}

function fileHash(path: string): string | null {
  const absolute = join(ROOT, path);
  if (!existsSync(absolute)) return null;
  return createHash('sha256').update(readFileSync(absolute)).digest('hex');
}
