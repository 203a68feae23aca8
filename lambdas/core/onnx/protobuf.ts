// The part of protocol buffers' wire format that ONNX files need: deterministic bytes, fields in the order given.

/** A field: number, wire type (0 = varint, 2 = length-delimited, 5 = 32-bit float) and value. */
export type Field = readonly [number: number, value: FieldValue];
export type FieldValue = string | number | bigint | Uint8Array | { readonly float: number } | readonly Field[];

/** A message from its fields; nested messages are field lists, strings UTF-8, numbers varints (int32/int64, negative allowed). */
export function message(fields: readonly Field[]): Uint8Array {
  return concatenate(fields.map(([number, value]) => field(number, value)));
}

function field(number: number, value: FieldValue): Uint8Array {
  if (typeof value === 'number' || typeof value === 'bigint') return concatenate([varint(number << 3), varint(value)]);
  if (typeof value === 'string') return delimited(number, new TextEncoder().encode(value));
  if (value instanceof Uint8Array) return delimited(number, value);
  if ('float' in value) return concatenate([varint((number << 3) | 5), floatBytes(Float32Array.of(value.float))]);
  return delimited(number, message(value));
}

function delimited(number: number, bytes: Uint8Array): Uint8Array {
  return concatenate([varint((number << 3) | 2), varint(bytes.length), bytes]);
}

/** Values packed as one length-delimited field's content. */
export function packedVarints(values: Iterable<number>): Uint8Array {
  const bytes: number[] = [];
  for (const value of values) pushVarint(bytes, value);
  return Uint8Array.from(bytes);
}

function varint(value: number | bigint): Uint8Array {
  const bytes: number[] = [];
  pushVarint(bytes, value);
  return Uint8Array.from(bytes);
}

function pushVarint(bytes: number[], value: number | bigint): void {
  let rest = BigInt.asUintN(64, BigInt(value));
  while (rest > 127n) {
    bytes.push(Number(rest & 127n) | 128);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
}

/** Little-endian bytes of a typed array (ONNX raw_data), whatever the machine's order. */
export function floatBytes(values: Float32Array | Float64Array | BigInt64Array): Uint8Array {
  const out = new DataView(new ArrayBuffer(values.byteLength));
  values.forEach((value: number | bigint, index: number) => {
    if (typeof value === 'bigint') out.setBigInt64(index * 8, value, true);
    else if (values instanceof Float32Array) out.setFloat32(index * 4, value, true);
    else out.setFloat64(index * 8, value, true);
  });
  return new Uint8Array(out.buffer);
}

function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
