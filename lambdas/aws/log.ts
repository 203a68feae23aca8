/** One structured line to the function's log; it must never hold a patient's data. */
export function logLine(entry: Readonly<Record<string, unknown>>): void {
  // Not console.log: the runtime would put a prefix before the JSON, and CloudWatch finds metrics only in pure JSON lines.
  process.stdout.write(`${JSON.stringify(entry)}\n`);
}
