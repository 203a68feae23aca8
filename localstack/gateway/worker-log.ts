// A worker's output, line by line, in place of its standard streams: raw lines as written, console lines with the prefix
// that Lambda's Node runtime gives them.
import { format } from 'node:util';
import { packLines } from './log-lines.ts';
import type { LogLine } from './protocol.ts';

export interface CapturedLog {
  requestId: string;
  write(text: string): void;
  isEmpty(): boolean;
  /** The lines so far, packed; they are then forgotten. */
  take(): string;
}

const LEVELS = { debug: 'DEBUG', log: 'INFO', info: 'INFO', warn: 'WARN', error: 'ERROR', trace: 'TRACE' } as const;

export function captureLog(): CapturedLog {
  let lines: LogLine[] = [];
  const captured: CapturedLog = {
    requestId: '',
    write: (text) => {
      lines.push([Date.now(), text]);
    },
    isEmpty: () => lines.length === 0,
    take: () => {
      const taken = packLines(lines);
      lines = [];
      return taken;
    },
  };
  const stream = (chunk: unknown): boolean => {
    const text = typeof chunk === 'string' ? chunk : chunk instanceof Uint8Array ? Buffer.from(chunk).toString() : '';
    captured.write(text.endsWith('\n') ? text.slice(0, -1) : text);
    return true;
  };
  process.stdout.write = stream;
  process.stderr.write = stream;
  for (const [method, level] of Object.entries(LEVELS)) {
    Reflect.set(console, method, (...values: unknown[]) => {
      captured.write(`${new Date().toISOString()}\t${captured.requestId}\t${level}\t${format(...values)}`);
    });
  }
  return captured;
}
