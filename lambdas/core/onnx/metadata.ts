// Reads what an ONNX file says of itself, without ONNX Runtime, whose Node binding does not tell.

const METADATA_PROPS = 14; // ModelProto.metadata_props, repeated StringStringEntryProto {key = 1, value = 2}

/**
 * metadata_props by key.
 * @throws RangeError for bytes that are no protocol buffer message.
 */
export function readMetadata(onnx: Uint8Array): Map<string, string> {
  const found = new Map<string, string>();
  for (const { number, content } of delimitedFields(onnx)) {
    if (number !== METADATA_PROPS) continue;
    const entry = new Map<number, string>();
    for (const field of delimitedFields(content)) entry.set(field.number, new TextDecoder().decode(field.content));
    found.set(entry.get(1) ?? '', entry.get(2) ?? '');
  }
  return found;
}

/** The length-delimited fields of a message; others are passed over. */
function* delimitedFields(bytes: Uint8Array): Generator<{ number: number; content: Uint8Array }> {
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[at++];
      if (byte === undefined || scale > 2 ** 56) throw new RangeError('the message ends within a number');
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const tag = varint();
    const wireType = tag % 8;
    if (wireType === 0) varint();
    else if (wireType === 1) at += 8;
    else if (wireType === 5) at += 4;
    else if (wireType === 2) {
      const length = varint();
      if (at + length > bytes.length) throw new RangeError('a field is longer than its message');
      yield { number: Math.floor(tag / 8), content: bytes.subarray(at, at + length) };
      at += length;
    } else throw new RangeError(`wire type ${wireType} is not known`);
  }
}
