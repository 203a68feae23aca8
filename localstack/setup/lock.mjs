// One set-up at a time in a clone: a lock folder that names its owner, taken over when the owner is gone.
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { SetupError } from './command.mjs';

const PATIENCE_MS = 15 * 60_000;

export async function withLock(folder, work) {
  const deadline = Date.now() + PATIENCE_MS;
  let told = false;
  while (!take(folder)) {
    const owner = ownerOf(folder);
    if (owner !== undefined && !isAlive(owner)) {
      rmSync(folder, { recursive: true, force: true });
      continue;
    }
    if (Date.now() > deadline) {
      throw new SetupError(
        `Another set-up (process ${owner ?? 'unknown'}) holds this folder.`,
        `End it, or delete ${folder}.`,
      );
    }
    if (!told) console.log('  waiting for another set-up in this folder ...');
    told = true;
    await pause(250);
  }
  const release = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', release);
  try {
    return await work();
  } finally {
    process.off('exit', release);
    release();
  }
}

function take(folder) {
  // The name is taken by a folder that is signed already: a hard end leaves no lock without an owner.
  const signed = `${folder}.${process.pid}`;
  mkdirSync(signed, { recursive: true });
  writeFileSync(join(signed, 'pid'), String(process.pid));
  try {
    renameSync(signed, folder);
    return true;
  } catch (error) {
    rmSync(signed, { recursive: true, force: true });
    if (['EEXIST', 'ENOTEMPTY', 'EPERM', 'EACCES'].includes(error.code) && existsSync(folder)) return false;
    throw error;
  }
}

function ownerOf(folder) {
  try {
    return Number(readFileSync(join(folder, 'pid'), 'utf8')) || undefined;
  } catch {
    return undefined; // it went away while we looked
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
