/** IDX files (LeCun's MNIST page): two zero bytes, the type, the number of dimensions, the dimensions, then the values. */
import { gunzipSync } from 'node:zlib';
import { messageOf } from '../errors/index.js';
import { damaged, fileSize, readBytes } from './read-file.js';

export interface IdxArray {
  readonly dimensions: readonly number[];
  /** Unsigned bytes, the last dimension fastest. */
  readonly values: Uint8Array;
}

const UNSIGNED_BYTE = 0x08;

/**
 * Reads an IDX file of unsigned bytes, plain or compressed by gzip, with the given number of dimensions and at most so many values.
 * @throws UsageError for a file that is missing, empty, cut off, too long, or something else.
 */
export async function readIdx(file: string, dimensions: number, mostValues: number): Promise<IdxArray> {
  const header = 4 + 4 * dimensions;
  const most = header + mostValues;
  const size = await fileSize(file);
  if (size === 0) throw damaged(file, 'the file is empty', 'an IDX file');
  // gzip makes what it cannot compress longer by less than this.
  if (size > most * 1.01 + 1024) throw damaged(file, `${size} bytes`, `at most ${most}`);
  const bytes = unpacked(file, await readBytes(file), most);
  const magic = [0, 0, UNSIGNED_BYTE, dimensions];
  if (bytes.length < header || magic.some((byte, i) => bytes[i] !== byte))
    throw damaged(
      file,
      `it begins with ${hex(bytes)}`,
      `${hex(Uint8Array.from(magic))}: an IDX file of bytes in ${dimensions} dimensions`,
    );
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const sizes = Array.from({ length: dimensions }, (_, i) => view.getUint32(4 + 4 * i));
  const values = bytes.subarray(header);
  const expected = sizes.reduce((product, length) => product * length, 1);
  if (values.length !== expected || expected === 0 || expected > mostValues)
    throw damaged(
      file,
      `${values.length} values where its header says ${sizes.join(' x ')}`,
      `as many, and 1 to ${mostValues}`,
    );
  return { dimensions: sizes, values };
}

/** Never more than so many bytes, whatever the compressed ones say. */
function unpacked(file: string, bytes: Uint8Array, most: number): Uint8Array {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    // With `info`, the engine comes along, which knows how far it read; Node's types do not know the option.
    const { buffer, engine } = gunzipSync(bytes, {
      maxOutputLength: most,
      info: true,
    }) as unknown as { buffer: Buffer; engine: { bytesWritten: number } };
    if (engine.bytesWritten !== bytes.length)
      throw new Error(`${bytes.length - engine.bytesWritten} bytes after its end`);
    return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.length);
  } catch (error) {
    throw damaged(
      file,
      `it cannot be unpacked (${messageOf(error)})`,
      `a gzip file of at most ${most} bytes`,
    );
  }
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.subarray(0, 4)).toString('hex') || 'nothing';
}
