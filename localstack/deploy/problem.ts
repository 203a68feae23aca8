// The one sentence of a failed deployment: CloudFormation's or the CDK's first error, without its decoration.

const PATTERNS = [
  /\|\s*(?:CREATE|UPDATE|DELETE)_FAILED\s*\|\s*\S+\s*\|\s*(.+)$/m,
  /^.*(?:ENOSPC|No space left on device).*$/m,
  /^ERROR (.+)$/m,
  /^\s*\[?(?:Error|\w*Error)\b.*?: (.+)$/m,
  /❌\s*(.+)$/m,
  /failed: (.+)$/m,
];

/** @param log the CDK's whole output */
export function firstProblem(log: string): string {
  for (const pattern of PATTERNS) {
    const found = pattern.exec(log);
    if (found) return (found[1] ?? found[0]).trim().replace(/\.$/, '').slice(0, 300);
  }
  return log.trim().split('\n').at(-1)?.trim().slice(0, 300) || 'the CDK gave no reason';
}
