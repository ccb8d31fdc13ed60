/**
 * Numeric arrays in MATLAB's level 5 MAT-files ("MAT-File Format", The MathWorks), as MATLAB, Octave and SciPy write them on
 * little-endian machines: a header of 128 bytes, then elements, each a tag (type, length) and its data; an array is an element
 * of elements, and mostly compressed by zlib.
 */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createInflate } from 'node:zlib';
import { messageOf, UsageError } from '../errors/index.js';
import { damaged, fileSize, mustRead } from './read-file.js';

export interface MatArray {
  readonly name: string;
  readonly dimensions: readonly number[];
  /** As it is stored, the first dimension fastest. */
  readonly values: MatValues;
}

export type MatValues =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | Float64Array;

const HEADER_BYTES = 128;
const TAG_BYTES = 8;

/** Types of elements. */
const MATRIX = 14;
const COMPRESSED = 15;

/** Array classes from double to 32-bit integers: numbers, each in one of the types below. */
const NUMERIC_CLASSES = [6, 7, 8, 9, 10, 11, 12, 13];

/** How numbers are stored, by type of element. Bytes are used where they lie; wider numbers begin anywhere and have to be moved. */
const storedTypes: Readonly<Record<number, { readonly bytes: number; read(bytes: Uint8Array): MatValues }>> =
  {
    1: { bytes: 1, read: ({ buffer, byteOffset, length }) => new Int8Array(buffer, byteOffset, length) },
    2: { bytes: 1, read: bytes => bytes },
    3: { bytes: 2, read: bytes => new Int16Array(bytes.slice().buffer) },
    4: { bytes: 2, read: bytes => new Uint16Array(bytes.slice().buffer) },
    5: { bytes: 4, read: bytes => new Int32Array(bytes.slice().buffer) },
    6: { bytes: 4, read: bytes => new Uint32Array(bytes.slice().buffer) },
    9: { bytes: 8, read: bytes => new Float64Array(bytes.slice().buffer) },
  };

/** zlib packs no more than so many bytes into one. */
const MOST_PACKED = 1032;

/**
 * The arrays of a file whose names are asked for; others are passed over.
 * @param mostBytes More than any of the arrays may take.
 * @throws UsageError for a file that is missing, cut off, damaged, or of another version, and an array of another kind.
 */
export async function readMatFile(
  file: string,
  names: readonly string[],
  mostBytes: number,
): Promise<readonly MatArray[]> {
  const size = await fileSize(file);
  if (size < HEADER_BYTES + TAG_BYTES)
    throw damaged(file, `${size} bytes`, `a MAT-file, of at least ${HEADER_BYTES + TAG_BYTES}`);
  if (size > names.length * mostBytes)
    throw damaged(file, `${size} bytes`, `at most ${names.length * mostBytes}`);
  const handle = await mustRead(file, () => open(file));
  try {
    checkHeader(file, (await handle.read(Buffer.alloc(HEADER_BYTES), 0, HEADER_BYTES, 0)).buffer);
    const arrays: MatArray[] = [];
    for (let at = HEADER_BYTES; at < size; ) {
      const { buffer: tag, bytesRead } = await handle.read(Buffer.alloc(TAG_BYTES), 0, TAG_BYTES, at);
      const [type, length] = [tag.readUInt32LE(0), tag.readUInt32LE(4)];
      const end = at + TAG_BYTES + length;
      if (bytesRead < TAG_BYTES || end > size)
        throw damaged(file, `an element at byte ${at} that goes beyond the end`, 'whole elements');
      if (type !== COMPRESSED && type !== MATRIX)
        throw damaged(file, `an element of type ${type} at byte ${at}`, 'arrays');
      const bytes = await elementBytes(file, at, type === MATRIX, length, mostBytes);
      const array = readArray(file, bytes, names);
      if (array) arrays.push(array);
      at = end;
    }
    return arrays;
  } catch (error) {
    throw error instanceof UsageError ? error : damaged(file, messageOf(error), 'a MAT-file');
  } finally {
    await handle.close();
  }
}

function checkHeader(file: string, header: Buffer): void {
  const version = header.readUInt16LE(124);
  const order = header.toString('latin1', 126, 128);
  if (order === 'IM' && version === 0x0100) return;
  const text = header.toString('latin1', 0, 20).replace(/[^ -~]/g, '?');
  throw damaged(
    file,
    `it begins with "${text}", version ${version >> 8}, byte order ${JSON.stringify(order)}`,
    'a little-endian MAT-file of version 5 (in MATLAB: save -v7, in Octave: save -v6 or -v7)',
  );
}

/** Tag and data of an array at a place in the file, unpacked if need be. Never more memory than the compressed bytes can fill. */
async function elementBytes(
  file: string,
  at: number,
  plain: boolean,
  length: number,
  mostBytes: number,
): Promise<Uint8Array> {
  const start = plain ? at : at + TAG_BYTES;
  const end = at + TAG_BYTES + length - 1;
  if (end < start) throw damaged(file, `an empty element at byte ${at}`, 'an array');
  const source = createReadStream(file, { start, end });
  if (plain) return collect(file, source, Math.min(mostBytes, length + TAG_BYTES));
  const inflate = createInflate();
  source.on('error', error => inflate.destroy(error));
  try {
    const bytes = await collect(file, source.pipe(inflate), Math.min(mostBytes, length * MOST_PACKED + 64));
    if (inflate.bytesWritten !== length)
      throw damaged(file, `${length - inflate.bytesWritten} bytes after a compressed array`, 'none');
    return bytes;
  } finally {
    source.destroy();
    inflate.destroy();
  }
}

/** All of a stream into one piece of memory, whose size its own tag tells. */
async function collect(
  file: string,
  stream: AsyncIterable<Uint8Array>,
  mostBytes: number,
): Promise<Uint8Array> {
  let bytes: Uint8Array | undefined;
  let beginning = Buffer.alloc(0);
  let filled = 0;
  for await (const chunk of stream) {
    let rest = chunk;
    if (!bytes) {
      beginning = Buffer.concat([beginning, chunk]);
      if (beginning.length < TAG_BYTES) continue;
      const total = TAG_BYTES + beginning.readUInt32LE(4);
      if (total > mostBytes) throw damaged(file, `an array of ${total} bytes`, `at most ${mostBytes}`);
      bytes = new Uint8Array(total);
      rest = beginning;
    }
    if (filled + rest.length > bytes.length)
      throw damaged(file, 'more bytes than an array says', `${bytes.length}`);
    bytes.set(rest, filled);
    filled += rest.length;
  }
  if (!bytes || filled < bytes.length)
    throw damaged(file, `${filled || beginning.length} bytes of an array`, `${bytes?.length ?? 'more'}`);
  return bytes;
}

/** An array's element, or undefined if it has another name. */
function readArray(file: string, bytes: Uint8Array, names: readonly string[]): MatArray | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const type = view.getUint32(0, true);
  if (type !== MATRIX) throw damaged(file, `a compressed element of type ${type}`, 'an array');
  const [flags, dimensions, name, values] = parts(file, bytes, TAG_BYTES, 4);
  if (!flags || flags.bytes.length < 8 || !dimensions || !name || !values)
    throw damaged(file, 'an array without flags, dimensions, name or values', 'all of them');
  const text = Buffer.from(name.bytes).toString('latin1');
  if (!names.includes(text)) return undefined;
  const kind = flags.bytes[0] as number;
  const isComplex = ((flags.bytes[1] as number) & 0x08) !== 0;
  const stored = storedTypes[values.type];
  if (!NUMERIC_CLASSES.includes(kind) || isComplex || !stored || values.bytes.length % stored.bytes > 0)
    throw damaged(
      file,
      `${text} is an array of class ${kind}, stored as type ${values.type}`,
      'real numbers',
    );
  const sizes = new Int32Array(dimensions.bytes.slice(0, dimensions.bytes.length & ~3).buffer);
  const count = sizes.reduce((product, length) => product * length, 1);
  const found = values.bytes.length / stored.bytes;
  if (sizes.some(length => length < 0) || count !== found)
    throw damaged(file, `${found} numbers of ${text}`, `${[...sizes].join(' x ')} of them`);
  return { name: text, dimensions: [...sizes], values: stored.read(values.bytes) };
}

interface Part {
  readonly type: number;
  readonly bytes: Uint8Array;
}

/** The first elements inside an array. Up to four bytes of data stand in the tag itself; data ends at a multiple of eight. */
function parts(file: string, bytes: Uint8Array, start: number, count: number): readonly Part[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const found: Part[] = [];
  for (let at = start; at + TAG_BYTES <= bytes.length && found.length < count; ) {
    const word = view.getUint32(at, true);
    const small = word >>> 16;
    const type = small > 0 ? word & 0xffff : word;
    const length = small > 0 ? small : view.getUint32(at + 4, true);
    const from = small > 0 ? at + 4 : at + TAG_BYTES;
    if (small > 4 || from + length > bytes.length)
      throw damaged(file, `a part of ${length} bytes inside an array`, 'one that fits');
    found.push({ type, bytes: bytes.subarray(from, from + length) });
    at = small > 0 ? at + TAG_BYTES : from + Math.ceil(length / 8) * 8;
  }
  return found;
}
