/** Files of equal records, each a few label bytes and then planar pixels: the binary layout of CIFAR-10 and CIFAR-100. */
import { elements, type Shape } from '../network/index.js';
import type { ImageSet } from './data-set.js';
import { damaged, fileSize, readBytes } from './read-file.js';

export interface RecordLayout {
  readonly shape: Shape;
  /** How many classes each label byte before the pixels knows (CIFAR-100: coarse, fine). */
  readonly labels: readonly number[];
  /** Which of the label bytes is the class. */
  readonly label: number;
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
  const size = await fileSize(file);
  const recordBytes = recordLength(layout);
  const count = Math.floor(size / recordBytes);
  const records = `records of ${recordBytes} bytes`;
  if (size === 0) throw damaged(file, 'the file is empty', records);
  if (size % recordBytes > 0)
    throw damaged(
      file,
      `${size} bytes, ${count} records and ${size % recordBytes} bytes`,
      `whole ${records}`,
    );
  if (count > layout.mostRecords) throw damaged(file, `${count} ${records}`, `at most ${layout.mostRecords}`);
  const bytes = await readBytes(file);
  for (let i = 0; i < count; i++) {
    for (const [at, classes] of layout.labels.entries()) {
      const label = bytes[i * recordBytes + at] as number;
      if (label >= classes) throw damaged(file, `label ${label} in record ${i}`, `0 to ${classes - 1}`);
    }
  }
  return { bytes, count };
}

/** The records of several files in a row, read in place: an image is a view into its file's bytes. */
export function recordImages(files: readonly RecordFile[], layout: RecordLayout): ImageSet {
  const recordBytes = recordLength(layout);
  const pixels = files.flatMap(({ bytes, count }) =>
    Array.from({ length: count }, (_, i) =>
      bytes.subarray(i * recordBytes + layout.labels.length, (i + 1) * recordBytes),
    ),
  );
  const labels = files.flatMap(({ bytes, count }) =>
    Array.from({ length: count }, (_, i) => bytes[i * recordBytes + layout.label] as number),
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

function recordLength({ labels, shape }: RecordLayout): number {
  return labels.length + elements(shape);
}
