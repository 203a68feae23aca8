// Processes by what their command line names: how we tell ours, and only ours, from the rest of the machine.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';

export interface ForeignProcess {
  readonly pid: number;
  readonly command: string;
}

/** Running processes, this one excepted, whose command line holds `text` (give it a path of ours). */
export function processesNaming(text: string): ForeignProcess[] {
  return listProcesses().filter((found) => found.pid !== process.pid && found.command.includes(text));
}

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Sends a signal to a process, or to a group by its negated id; false when it is gone. */
export function signalProcess(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

/**
 * Lets a process that leads its session, and all that it starts from now on, give way to others when the processors are
 * busy. What the system does not allow is left as it is.
 * @param nice 0 (as others) to 19 (only what nobody else wants)
 */
export function giveWay(pid: number, nice: number): void {
  try {
    setPriority(pid, nice);
    // Where Linux shares the processors between sessions first, niceness counts inside of one only (man 7 sched).
    if (process.platform === 'linux') writeFileSync(`/proc/${pid}/autogroup`, String(nice));
  } catch {
    // It ended, or this kernel has no such groups.
  }
}

// Slim container images have no ps; macOS has no /proc.
function listProcesses(): ForeignProcess[] {
  if (process.platform === 'linux') {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((name) => ({ pid: Number(name), command: commandOf(name) }));
  }
  return execFileSync('ps', ['-axww', '-o', 'pid=,args='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => line.trim().match(/^(\d+)\s+(.*)$/))
    .flatMap((match) => (match ? [{ pid: Number(match[1]), command: match[2] ?? '' }] : []));
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return ''; // it ended while we looked
  }
}
