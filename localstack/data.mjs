// npm run data: downloads the real dataset (UCI 296, CC BY 4.0; Strack et al. 2014) into data/ and checks it.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inflateRawSync } from 'node:zlib';

const URL = 'https://archive.ics.uci.edu/static/public/296/diabetes+130-us+hospitals+for+years+1999-2008.zip';
const NAME = 'diabetic_data.csv';
const SHA256 = '0689e7ec031237dc63031b938805c48377748761a3b26acab621567afa24df97';
const FOLDER = join(dirname(dirname(fileURLToPath(import.meta.url))), 'data');
const FILE = join(FOLDER, NAME);

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** The content of one file of a zip archive, found through the central directory (PKWARE APPNOTE 4.3). */
export function unzip(archive, name) {
  const end = archive.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  if (end < 0) throw new Error('what came is no zip archive');
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) => archive.readUInt16LE(at + offset));
    const entry = archive.toString('utf8', at + 46, at + 46 + nameLength);
    if (entry === name || entry.endsWith(`/${name}`)) {
      const local = archive.readUInt32LE(at + 42);
      const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
      const bytes = archive.subarray(start, start + archive.readUInt32LE(at + 20));
      return archive.readUInt16LE(at + 10) === 0 ? bytes : inflateRawSync(bytes);
    }
    at += 46 + nameLength + extraLength + commentLength;
  }
  throw new Error(`the archive holds no ${name}`);
}

async function fetchArchive() {
  console.log('  downloading about 3 MB from archive.ics.uci.edu ...');
  const answer = await fetch(URL, { signal: AbortSignal.timeout(300_000) });
  if (!answer.ok) throw new Error(`archive.ics.uci.edu answered ${answer.status}`);
  return Buffer.from(await answer.arrayBuffer());
}

async function main() {
  if (existsSync(FILE) && sha256(readFileSync(FILE)) === SHA256) {
    console.log(`data/${NAME} is here and is the right file.`);
    return;
  }
  const csv = unzip(await fetchArchive(), NAME);
  if (sha256(csv) !== SHA256) throw new Error('the downloaded file is not the one that was published (sha256 differs)');
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(`${FILE}.part`, csv);
  renameSync(`${FILE}.part`, FILE);
  console.log(`data/${NAME}: 101,766 encounters, sha256 checked. npm start now uses it.`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    await main();
  } catch (error) {
    const cause = error.cause?.code ? ` (${error.cause.code})` : '';
    console.error(`The dataset was not downloaded: ${error.message}${cause}.`);
    console.error(`Check the network, or download ${URL} yourself and unzip ${NAME} into data/.`);
    process.exitCode = 1;
  }
}
