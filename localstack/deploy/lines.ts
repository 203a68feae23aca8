// What to show of the CDK's output while it deploys: where it is, in few words.

const EVENT =
  /\|\s*(\d+)\/(\d+)\s*\|.*\|\s*((?:CREATE|UPDATE|DELETE)_(?:IN_PROGRESS|COMPLETE|FAILED))\s*\|\s*(\S+)\s*\|\s*(\S+)/;

/** A short text for a line that tells of progress, undefined for one that does not. */
export function deployLine(line: string): string | undefined {
  const event = EVENT.exec(line);
  if (event) return `${event[1]} of ${event[2]} resources`;
  if (/Synthesis time/.test(line)) return 'synthesized';
  if (/Publishing|start: (?:Building|Publishing)/i.test(line)) return 'uploading the functions';
  return undefined;
}
