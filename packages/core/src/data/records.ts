/** Files of equal records, each a few label bytes and then planar pixels: the binary layout of CIFAR-10 and CIFAR-100. */
import { readFile } from 'node:fs/promises';
import { messageOf, systemCode, UsageError } from '../errors/index.js';
import { elements, type Shape } from '../network/index.js';
import type { ImageSet } from './data-set.js';

export interface RecordLayout {
  readonly shape: Shape;
  /** Label bytes before the pixels; the last of them is the class that counts (CIFAR-100: coarse, fine). */
  readonly labelBytes: number;
  readonly classes: number;
  /** Records in one file of the official set; a subset may hold fewer. */
  readonly mostRecords: number;
}

/** The bytes of one file, proven to be whole records with known labels. */
export interface RecordFile {
  readonly bytes: Uint8Array;
  readonly count: number;
}

/** @throws UsageError for a file that is missing, empty, cut off, too long, or holds an unknown label. */
export async function readRecords(file: string, layout: RecordLayout): Promise<RecordFile> {
  const bytes = await readBytes(file);
  const recordBytes = recordLength(layout);
  const count = bytes.length / recordBytes;
  const refuse = (found: string, expected: string): never => {
    throw new UsageError(
      `${file}: ${found}, expected ${expected}. The file is damaged or of another kind: remove its folder and fetch the set again.`,
    );
  };
  const records = `records of ${recordBytes} bytes`;
  if (bytes.length === 0) refuse('the file is empty', records);
  if (!Number.isInteger(count))
    refuse(
      `${bytes.length} bytes, ${Math.floor(count)} records and ${bytes.length % recordBytes} bytes`,
      `whole ${records}`,
    );
  if (count > layout.mostRecords) refuse(`${count} ${records}`, `at most ${layout.mostRecords}`);
  for (let i = 0; i < count; i++) {
    const label = bytes[i * recordBytes + layout.labelBytes - 1] as number;
    if (label >= layout.classes) refuse(`label ${label} in record ${i}`, `0 to ${layout.classes - 1}`);
  }
  return { bytes, count };
}

/** The records of several files in a row, read in place: an image is a view into its file's bytes. */
export function recordImages(files: readonly RecordFile[], layout: RecordLayout): ImageSet {
  const recordBytes = recordLength(layout);
  const pixels = files.flatMap(({ bytes, count }) =>
    Array.from({ length: count }, (_, i) =>
      bytes.subarray(i * recordBytes + layout.labelBytes, (i + 1) * recordBytes),
    ),
  );
  const labels = files.flatMap(({ bytes, count }) =>
    Array.from({ length: count }, (_, i) => bytes[i * recordBytes + layout.labelBytes - 1] as number),
  );
  return {
    count: pixels.length,
    shape: layout.shape,
    labels: Uint16Array.from(labels),
    pixels: i => {
      const found = pixels[i];
      if (!found) throw new RangeError(`There is no image ${i}; the set has ${pixels.length}.`);
      return found;
    },
  };
}

function recordLength({ labelBytes, shape }: RecordLayout): number {
  return labelBytes + elements(shape);
}

async function readBytes(file: string): Promise<Uint8Array> {
  try {
    const { buffer, byteOffset, length } = await readFile(file);
    return new Uint8Array(buffer, byteOffset, length);
  } catch (error) {
    const why =
      systemCode(error) === 'ENOENT' ? 'the file is missing' : `it cannot be read (${messageOf(error)})`;
    throw new UsageError(`${file}: ${why}; put it there, or remove the folder and fetch the set again.`);
  }
}
