// Which encounters to train on: a file that was named, the real file if it is here, else a generated sample.
import { once } from 'node:events';
import { createReadStream, createWriteStream, existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { finished } from 'node:stream/promises';
import { DEFAULT_DATASET } from '../lambdas/core/dataset/named.ts';
import { SAMPLE } from '../lambdas/core/dataset/sample.ts';
import { isFileFault } from '../lambdas/core/encounter/reading/errors.ts';
import { describeFile, linesOfFile } from '../lambdas/core/encounter/reading/file.ts';
import { LocalFailure } from './failure.ts';
import { paths } from './paths.ts';

export interface Source {
  readonly file: string;
  /** Name of the object under incoming/. */
  readonly name: string;
  /** Name of the dataset that it is of. */
  readonly dataset: string;
  /** True when no real patient stands behind a row. */
  readonly synthetic: boolean;
}

const publicData = { dataset: DEFAULT_DATASET.name, synthetic: DEFAULT_DATASET.synthetic };
const generated = { dataset: SAMPLE.name, synthetic: SAMPLE.synthetic };

export const SAMPLE_ROWS = 40_000;
const SAMPLE_SEED = 20_140_403;
const CRLF = Buffer.from('\r\n');

/**
 * @param named --data, or undefined
 * @param fallback $READMIT_DATA, or undefined
 * @param rows --rows: how many to generate, or how many to take of the file
 * @param folder for generated samples and cut files
 * @throws LocalFailure when a named file is not there
 */
export async function findSource(
  named: string | undefined,
  fallback: string | undefined,
  rows: number | undefined,
  folder: string = paths.samples,
): Promise<Source> {
  const wanted = named ?? (fallback || undefined);
  const file = wanted ? resolve(wanted) : existsSync(paths.realData) ? paths.realData : undefined;
  if (file === undefined) return sample(rows ?? SAMPLE_ROWS, folder);
  if (!existsSync(file) || !statSync(file).isFile()) {
    const origin = named ? '--data' : 'READMIT_DATA';
    throw new LocalFailure(
      `There is no file ${file} (named by ${origin}).`,
      'Correct the path, or leave it out for a generated sample.',
    );
  }
  const head = rows === undefined ? file : await takeRows(file, rows, folder).catch((error) => refuse(file, error));
  return { file: head, name: basename(head).replace(/[^\w.-]+/g, '_'), ...publicData };
}

async function sample(rows: number, folder: string): Promise<Source> {
  const name = `synthetic-${rows}.csv`;
  const file = join(folder, name);
  if (!existsSync(file)) {
    const { generateSample } = await import('./sample/generate.ts');
    await writeAside(file, (draft) => generateSample({ file: draft, rows, seed: SAMPLE_SEED }));
  }
  return { file, name, ...generated };
}

/** The header and the first rows of a file, as a file of its own: text in UTF-8, whatever the file is. */
async function takeRows(file: string, rows: number, folder: string): Promise<string> {
  const head = join(folder, `${basename(file, extname(file))}-first-${rows}.csv`);
  await writeAside(head, async (draft) => {
    const out = createWriteStream(draft);
    const write = async (line: Uint8Array) => {
      if (!out.write(Buffer.concat([line, CRLF]))) await once(out, 'drain');
    };
    const open = (start: number) => createReadStream(file, { start });
    const described = await describeFile(open, DEFAULT_DATASET);
    if (described !== null) {
      await write(described.header);
      let left = rows;
      for await (const line of linesOfFile(open, described.reading, described.rows)) {
        if (left-- <= 0) break;
        await write(line.bytes);
      }
    }
    out.end();
    await finished(out);
  });
  return head;
}

function refuse(file: string, error: unknown): never {
  throw isFileFault(error) ? new LocalFailure(`${file}: ${error.message}.`, 'docs/files.md says what is read.') : error;
}

/** Writes under another name first, so that a file cut off by Ctrl-C or a full disk is never taken for whole. */
async function writeAside(file: string, write: (draft: string) => Promise<unknown>): Promise<void> {
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}.part`;
  await write(draft);
  renameSync(draft, file);
}
