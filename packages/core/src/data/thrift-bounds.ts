/** Thrift's compact protocol (https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md), in which Parquet's metadata is written. */

const STOP = 0;
const TRUE = 1;
const FALSE = 2;
const BYTE = 3;
const I16 = 4;
const I32 = 5;
const I64 = 6;
const DOUBLE = 7;
const BINARY = 8;
const LIST = 9;
const STRUCT = 12;

const DEEPEST = 32;
const LONGEST_NUMBER = 10;

/**
 * Follows a struct from a place in the bytes without taking memory for anything in it, so that a parser can be trusted with it
 * afterwards: damaged, it may say that it holds a list of two thousand million.
 * @returns Where it ends.
 * @throws Error for one that goes beyond the bytes, is nested deeper than any in Parquet, or holds what none there does.
 */
export function structEnd(bytes: Uint8Array, start: number, depth = 0): number {
  if (depth > DEEPEST) throw new Error('metadata that is nested too deep');
  for (let at = start; ; ) {
    const header = byteAt(bytes, at++);
    const type = header & 0x0f;
    if (type === STOP) return at;
    if (header >> 4 === 0) at = numberEnd(bytes, at).end;
    at = type === TRUE || type === FALSE ? at : valueEnd(bytes, at, type, depth);
  }
}

function valueEnd(bytes: Uint8Array, at: number, type: number, depth: number): number {
  switch (type) {
    case TRUE:
    case FALSE:
    case BYTE:
      return inside(bytes, at + 1);
    case I16:
    case I32:
    case I64:
      return numberEnd(bytes, at).end;
    case DOUBLE:
      return inside(bytes, at + 8);
    case BINARY: {
      const { value, end } = numberEnd(bytes, at);
      return inside(bytes, end + value);
    }
    case LIST:
      return listEnd(bytes, at, depth);
    case STRUCT:
      return structEnd(bytes, at, depth + 1);
    default:
      throw new Error(`metadata of type ${type}`);
  }
}

/** Every element takes a byte at least. */
function listEnd(bytes: Uint8Array, start: number, depth: number): number {
  if (depth > DEEPEST) throw new Error('metadata that is nested too deep');
  const header = byteAt(bytes, start);
  const long = header >> 4 === 15 ? numberEnd(bytes, start + 1) : undefined;
  const count = long ? long.value : header >> 4;
  let at = long ? long.end : start + 1;
  inside(bytes, at + count);
  for (let i = 0; i < count; i++) at = valueEnd(bytes, at, header & 0x0f, depth + 1);
  return at;
}

function numberEnd(bytes: Uint8Array, start: number): { readonly value: number; readonly end: number } {
  let value = 0;
  for (let i = 0; i < LONGEST_NUMBER; i++) {
    const byte = byteAt(bytes, start + i);
    value += (byte & 0x7f) * 2 ** (7 * i);
    if (byte < 0x80) return { value, end: start + i + 1 };
  }
  throw new Error('metadata with an endless number');
}

function byteAt(bytes: Uint8Array, at: number): number {
  inside(bytes, at + 1);
  return bytes[at] as number;
}

function inside(bytes: Uint8Array, end: number): number {
  if (end > bytes.length) throw new Error('metadata that ends early');
  return end;
}
