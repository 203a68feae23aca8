// Whether texts are Unicode. JSON can escape half a character (a lone surrogate); written as UTF-8 and read again it is
// another text, so that what is hashed and what is stored would differ (I-JSON, RFC 7493, 2.1).

/** Every text and name of a value is Unicode. @param text the JSON that it was parsed from */
export function isWellFormed(text: string, value: unknown): boolean {
  // What came as UTF-8 is Unicode, so only an escape can make half a character.
  return !(text.includes('\\ud') || text.includes('\\uD')) || areWellFormed(value);
}

function areWellFormed(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed();
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([name, inner]) => name.isWellFormed() && areWellFormed(inner));
}
