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
  /** Hash of what was asked for, and by which code. */
  request: z.string(),
  /** sha256 of each source that went in, by its path from the project's root. Packages count by the lock file. */
  sources: z.record(z.string(), z.string()),
  functions: z.record(z.string(), builtCodeSchema),
});

// The builder, and all packages with it, decide what comes out of the same sources.
const BUILDER = ['lib/build.ts', 'lib/bundle.ts', 'package-lock.json', 'tsconfig.json'];

/** What the last build gave, if it was asked for the same and all that it read is unchanged; else null. */
export function recallBuild(file: string, entries: object): Readonly<Record<string, BuiltCode>> | null {
  if (!existsSync(file)) return null;
  const parsed = recordSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (!parsed.success || parsed.data.request !== requestHash(entries)) return null;
  const unchanged = Object.entries(parsed.data.sources).every(([path, hash]) => fileHash(path) === hash);
  return unchanged ? parsed.data.functions : null;
}

/** @param inputs paths of all that the build read, from the project's root */
export function rememberBuild(
  file: string,
  entries: object,
  inputs: readonly string[],
  functions: Readonly<Record<string, BuiltCode>>,
): void {
  const own = inputs.filter((path) => !path.includes('node_modules/'));
  const record: z.infer<typeof recordSchema> = {
    request: requestHash(entries),
    sources: Object.fromEntries(own.map((path) => [path, fileHash(path) ?? ''])),
    functions,
  };
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(record));
  renameSync(draft, file);
}

function requestHash(entries: object): string {
  const builder = BUILDER.map((path) => fileHash(path));
  return createHash('sha256')
    .update(JSON.stringify([entries, builder]))
    .digest('hex');
}

function fileHash(path: string): string | null {
  const absolute = join(ROOT, path);
  if (!existsSync(absolute)) return null;
  return createHash('sha256').update(readFileSync(absolute)).digest('hex');
}
