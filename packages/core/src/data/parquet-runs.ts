import { damaged } from './read-file.js';

/**
 * So many small numbers in Parquet's hybrid of runs and packed bits (https://parquet.apache.org/docs/file-format/data-pages/encodings):
 * runs of one number, and groups of eight numbers of `width` bits.
 * @throws UsageError for runs that end early or are wider than 32 bits.
 */
export function readRuns(file: string, bytes: Uint8Array, width: number, count: number): Uint32Array {
  if (width > 32) throw damaged(file, `numbers of ${width} bits`, 'at most 32');
  const numbers = new Uint32Array(count);
  let at = 0;
  const nextByte = (): number => {
    const byte = bytes[at++];
    if (byte === undefined) throw damaged(file, 'runs of numbers that end early', `${count} numbers`);
    return byte;
  };
  for (let found = 0; found < count; ) {
    const header = varint(nextByte);
    if (header % 2 === 0) {
      let value = 0;
      for (let shift = 0; shift < width; shift += 8) value += nextByte() * 2 ** shift;
      const end = Math.min(count, found + header / 2);
      if (end === found) throw damaged(file, 'an empty run of numbers', 'at least one');
      numbers.fill(value, found, end);
      found = end;
    } else {
      const end = Math.min(count, found + 8 * Math.floor(header / 2));
      if (end === found) throw damaged(file, 'an empty run of numbers', 'at least one');
      found = unpackBits(numbers, found, end, width, nextByte);
    }
  }
  return numbers;
}

/** Whole groups of eight take whole bytes; what of the last one is not asked for need not be read. */
function unpackBits(
  numbers: Uint32Array,
  start: number,
  end: number,
  width: number,
  nextByte: () => number,
): number {
  let held = 0;
  let bits = 0;
  for (let i = start; i < end; i++) {
    while (bits < width) {
      held += nextByte() * 2 ** bits;
      bits += 8;
    }
    numbers[i] = held % 2 ** width;
    held = Math.floor(held / 2 ** width);
    bits -= width;
  }
  return end;
}

function varint(nextByte: () => number): number {
  let value = 0;
  for (let shift = 0; shift < 35; shift += 7) {
    const byte = nextByte();
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) break;
  }
  return value;
}
