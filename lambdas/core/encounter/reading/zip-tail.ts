// The directory at the end of a zip: the checksum that its file must have. APPNOTE.TXT 6.3.10, 4.3.12.
const KEPT = 64 << 10;
const DIRECTORY_ENTRY = [0x50, 0x4b, 0x01, 0x02];
const [CRC_AT, NAME_LENGTH_AT, NAME_AT] = [16, 28, 46];

/** Keeps the last bytes of an archive that streams by. */
export class ZipTail {
  private kept = new Uint8Array();

  add(chunk: Uint8Array): void {
    const joined = new Uint8Array(Math.min(KEPT, this.kept.length + chunk.length));
    const old = this.kept.subarray(Math.max(0, this.kept.length + chunk.length - KEPT));
    const rest = chunk.subarray(Math.max(0, chunk.length - KEPT));
    if (rest.length < joined.length) joined.set(old.subarray(old.length - (joined.length - rest.length)), 0);
    joined.set(rest, joined.length - rest.length);
    this.kept = joined;
  }

  /** CRC-32 that the directory has for a file; null when there is no such entry, as in an archive that was cut off. */
  crcOf(name: string): number | null {
    const view = new DataView(this.kept.buffer, this.kept.byteOffset, this.kept.byteLength);
    const wanted = new TextEncoder().encode(name);
    for (let at = 0; at + NAME_AT <= view.byteLength; at++) {
      if (!DIRECTORY_ENTRY.every((byte, i) => view.getUint8(at + i) === byte)) continue;
      const found = this.kept.subarray(at + NAME_AT, at + NAME_AT + view.getUint16(at + NAME_LENGTH_AT, true));
      if (found.length === wanted.length && found.every((byte, i) => byte === wanted[i])) {
        return view.getUint32(at + CRC_AT, true);
      }
    }
    return null;
  }
}

const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let bit = 0; bit < 8; bit++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c;
});

/** CRC-32 (ISO-HDLC) of the bytes, going on from that of those before. */
export function crc32(bytes: Uint8Array, before = 0): number {
  let c = ~before;
  for (const byte of bytes) c = TABLE[(c ^ byte) & 255] ^ (c >>> 8);
  return ~c >>> 0;
}
