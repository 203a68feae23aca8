// Finds a member name that stands twice in one JSON object. JSON.parse keeps the last one silently, so two readers of the
// same body could see two patients (RFC 8259, 4: "names within an object SHOULD be unique").

/**
 * The path of the first member whose name its object has already, e.g. `['encounters', '0', 'age']`; null when there is none.
 * @param text well-formed JSON
 * @param value what JSON.parse makes of it
 */
export function duplicateKey(text: string, value: unknown): string[] | null {
  // Every member has a colon, and a member that was lost has one more than the value has members: only a text with more
  // colons, be they in its strings, is read again.
  return colons(text) === members(value) ? null : scan(text);
}

function colons(text: string): number {
  let count = 0;
  for (let at = text.indexOf(':'); at !== -1; at = text.indexOf(':', at + 1)) count++;
  return count;
}

function members(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const values: unknown[] = Array.isArray(value) ? value : Object.values(value);
  let count = Array.isArray(value) ? 0 : values.length;
  for (const inner of values) if (typeof inner === 'object') count += members(inner);
  return count;
}

interface Frame {
  /** Names so far; null in a list. */
  readonly names: Set<string> | null;
  /** Name or position of what is being read. */
  at: string;
}

/** Strings, and the marks that open, part and close; numbers and words between them tell nothing here. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],]/g;

function scan(text: string): string[] | null {
  const frames: Frame[] = [];
  let nameNext = false;
  for (const [token] of text.matchAll(TOKEN)) {
    const frame = frames.at(-1);
    if (token === '{' || token === '[') {
      frames.push(token === '{' ? { names: new Set(), at: '' } : { names: null, at: '0' });
      nameNext = token === '{';
    } else if (token === '}' || token === ']') {
      frames.pop();
      nameNext = false;
    } else if (token === ',') {
      if (frame?.names === null) frame.at = String(Number(frame.at) + 1);
      nameNext = frame?.names !== null;
    } else if (nameNext && frame?.names) {
      frame.at = String(JSON.parse(token));
      if (frame.names.has(frame.at)) return frames.map(({ at }) => at);
      frame.names.add(frame.at);
      nameNext = false;
    }
  }
  return null;
}
