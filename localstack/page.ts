// The web page: built by Vite when its sources changed since the last build.
import { execFile } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { pageHash } from './deploy/source-hash.ts';
import { LocalFailure } from './failure.ts';
import { paths, READMIT, ROOT } from './paths.ts';

const FOLDER = join(ROOT, 'frontend', 'dist');

/** Resolves to the folder of the built page. @throws LocalFailure when it does not build. */
export async function buildPage(): Promise<string> {
  const stamp = join(READMIT, 'page-stamp');
  const wanted = pageHash();
  const built = existsSync(join(FOLDER, 'index.html')) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted;
  if (built) return FOLDER;
  const log = join(paths.logs, 'page.log');
  try {
    const vite = join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js');
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [vite, 'build', 'frontend'], { cwd: ROOT });
    writeFileSync(log, stdout + stderr);
  } catch (error) {
    writeFileSync(log, String(error));
    throw new LocalFailure('The web page does not build.', `The reason is in ${log}.`);
  }
  writeFileSync(stamp, wanted);
  return FOLDER;
}
