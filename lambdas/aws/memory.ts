// How much memory this process has taken, by its own high-water mark.
import { readFileSync } from 'node:fs';

/**
 * Peak resident set size of this process so far, in MB. On Linux from VmHWM (proc_pid_status(5)): `maxRSS` of getrusage is
 * inherited through fork and exec, so that a small function started by a large process would answer with its parent's.
 */
export function peakRssMb(): number {
  const kib = process.platform === 'linux' ? highWaterKib() : null;
  return Math.round((kib ?? process.resourceUsage().maxRSS) / 1024);
}

function highWaterKib(): number | null {
  try {
    const found = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'));
    return found === null ? null : Number(found[1]);
  } catch {
    return null; // no /proc in this sandbox
  }
}
