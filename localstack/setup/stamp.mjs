// "Was this done for just this input?": a file's hash, kept in a stamp beside the thing it made.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';

export const fileHash = (file) => createHash('sha256').update(readFileSync(file)).digest('hex');

export const isStamped = (stamp, wanted) => existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted;
