/**
 * The little of protocol buffers that ONNX and TensorBoard files need: messages as lists of numbered fields.
 * https://protobuf.dev/programming-guides/encoding
 */
const VARINT = 0;
const FIXED_64 = 1;
const LENGTH_DELIMITED = 2;
const FIXED_32 = 5;

function varint(value: number | bigint): number[] {
  let rest = BigInt.asUintN(64, BigInt(value));
  const bytes: number[] = [];
  while (rest > 0x7fn) {
    bytes.push(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  return [...bytes, Number(rest)];
}

const tag = (number: number, type: number): number[] => varint((number << 3) | type);

/** A whole number, negative ones included. */
export function integer(number: number, value: number): Uint8Array {
  return Uint8Array.from([...tag(number, VARINT), ...varint(value)]);
}

export function float(number: number, value: number): Uint8Array {
  return concatenate([Uint8Array.from(tag(number, FIXED_32)), bytesOf(Float32Array.of(value))]);
}

export function double(number: number, value: number): Uint8Array {
  return concatenate([Uint8Array.from(tag(number, FIXED_64)), bytesOf(Float64Array.of(value))]);
}

export function bytes(number: number, value: Uint8Array): Uint8Array {
  return concatenate([Uint8Array.from([...tag(number, LENGTH_DELIMITED), ...varint(value.length)]), value]);
}

export function text(number: number, value: string): Uint8Array {
  return bytes(number, new TextEncoder().encode(value));
}

/** A message as the value of a field: its own fields one after the other. */
export function message(number: number, fields: readonly Uint8Array[]): Uint8Array {
  return bytes(number, concatenate(fields));
}

export function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** The memory of a typed array, little-endian on every platform that ONNX Runtime supports. */
export function bytesOf(array: Float32Array | Float64Array | BigInt64Array): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}
