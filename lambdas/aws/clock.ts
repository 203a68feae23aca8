// The only clock of the functions: core gets times as arguments.

/** Now, as an ISO 8601 instant in UTC with milliseconds. */
export function now(): string {
  return new Date().toISOString();
}

/** Milliseconds of a monotonic clock; only differences mean something. */
export function ticks(): number {
  return performance.now();
}
