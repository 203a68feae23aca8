// One hash over all that decides what is deployed, and one over all that the page is made of.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../paths.ts';

const APP = ['bin', 'lib', 'lambdas', 'statemachines', 'cdk.json', 'package-lock.json'];

const PAGE = ['frontend', 'lambdas/core', 'package-lock.json'];

/** sha256 over the CDK app, the functions, their locked dependencies, the context and this platform. Tests do not count. */
export function sourceHash(context: Readonly<Record<string, string>>): string {
  return hashFiles(APP, [process.platform, process.arch, Object.entries(context).sort()]);
}

/** sha256 over all that the web page is built from. */
export const pageHash = (): string => hashFiles(PAGE, []);

function hashFiles(sources: readonly string[], circumstances: unknown): string {
  const hash = createHash('sha256').update(JSON.stringify(circumstances));
  for (const file of sources.flatMap(filesOf).sort()) {
    hash.update(`\0${file}\0`).update(readFileSync(join(ROOT, file)));
  }
  return hash.digest('hex');
}

function filesOf(source: string): string[] {
  if (/\.json$/.test(source)) return [source];
  return readdirSync(join(ROOT, source), { recursive: true, withFileTypes: true })
    .filter(
      (entry) => entry.isFile() && !/\.test\.tsx?$|\/fixtures\/|\/dist\//.test(join(entry.parentPath, entry.name)),
    )
    .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length + 1));
}
