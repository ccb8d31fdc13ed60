/** Street View House Numbers (Netzer et al. 2011), cropped digits: http://ufldl.stanford.edu/housenumbers */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { elements, type Shape } from '../network/index.js';
import type { ImageDataSet, ImageSet } from './data-set.js';
import { imagesInBytes } from './images-in-bytes.js';
import { type MatArray, readMatFile } from './mat-file.js';
import { damaged } from './read-file.js';

export const svhnClasses = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

export const svhnShape: Shape = [3, 32, 32];

const SIDE = 32;
const PLANE = SIDE * SIDE;

/** The files, with as many images as the official ones have. */
const MOST_IMAGES = {
  'train_32x32.mat': 73_257,
  'test_32x32.mat': 26_032,
  'extra_32x32.mat': 531_131,
} as const;

type SvhnFile = keyof typeof MOST_IMAGES;

/**
 * Trains on the training file, followed by the extra one if asked for (Wide ResNets do). The checksum covers names, sizes and
 * what is in the files, however it is compressed.
 * @throws UsageError naming the file, what was found in it and what was expected.
 */
export async function readSvhn(folder: string, training: readonly SvhnFile[]): Promise<ImageDataSet> {
  const hash = createHash('sha256');
  const read = async (name: SvhnFile): Promise<ImageSet> => {
    const { pixels, labels } = await readHalf(join(folder, name), MOST_IMAGES[name]);
    hash.update(`${name} ${labels.length}\n`).update(pixels).update(labels);
    return imagesInBytes(transposed(pixels), Uint16Array.from(labels, classOf), svhnShape);
  };
  const parts = [];
  for (const name of training) parts.push(await read(name));
  const test = await read('test_32x32.mat');
  return {
    name: training.includes('extra_32x32.mat') ? 'svhn-extra' : 'svhn',
    classes: svhnClasses,
    shape: svhnShape,
    train: joined(parts),
    test,
    checksum: hash.digest('hex'),
    source: folder,
  };
}

/** The digit 0 has the label 10. */
function classOf(label: number): number {
  return label % 10;
}

async function readHalf(
  file: string,
  most: number,
): Promise<{ readonly pixels: Uint8Array; readonly labels: Uint8Array }> {
  const arrays = await readMatFile(file, ['X', 'y'], most * elements(svhnShape) + 2 ** 16);
  const images = only(file, arrays, 'X');
  const labels = only(file, arrays, 'y');
  const [height, width, channels, count = 1, ...more] = images.dimensions;
  const sizes = images.dimensions.join(' x ');
  if (height !== SIDE || width !== SIDE || channels !== 3 || more.length > 0 || count < 1 || count > most)
    throw damaged(file, `an X of ${sizes}`, `${SIDE} x ${SIDE} x 3 x 1 to ${most}`);
  if (!(images.values instanceof Uint8Array)) throw damaged(file, 'an X of other numbers', 'unsigned bytes');
  if (labels.values.length !== count)
    throw damaged(file, `${labels.values.length} labels in y`, `${count}, one for each image in X`);
  const strange = labels.values.findIndex(label => !Number.isInteger(label) || label < 1 || label > 10);
  if (strange >= 0)
    throw damaged(
      file,
      `label ${labels.values[strange]} of image ${strange}`,
      '1 to 10, which is the digit 0',
    );
  return { pixels: images.values, labels: Uint8Array.from(labels.values) };
}

function only(file: string, arrays: readonly MatArray[], name: string): MatArray {
  const found = arrays.filter(array => array.name === name);
  if (found.length !== 1 || !found[0]) throw damaged(file, `${found.length} arrays named ${name}`, 'one');
  return found[0];
}

/** MATLAB's arrays go down the columns first: every plane is turned in its place. */
function transposed(pixels: Uint8Array): Uint8Array {
  for (let plane = 0; plane < pixels.length; plane += PLANE) {
    for (let row = 1; row < SIDE; row++) {
      for (let column = 0; column < row; column++) {
        const [here, there] = [plane + row * SIDE + column, plane + column * SIDE + row];
        const kept = pixels[here] as number;
        pixels[here] = pixels[there] as number;
        pixels[there] = kept;
      }
    }
  }
  return pixels;
}

function joined(parts: readonly ImageSet[]): ImageSet {
  const [first] = parts;
  if (parts.length === 1 && first) return first;
  const starts = parts.map((_, p) => parts.slice(0, p).reduce((sum, { count }) => sum + count, 0));
  const count = parts.reduce((sum, part) => sum + part.count, 0);
  const labels = new Uint16Array(count);
  for (const [p, part] of parts.entries()) labels.set(part.labels, starts[p]);
  return {
    count,
    shape: svhnShape,
    labels,
    pixels: i => {
      const p = starts.findLastIndex(start => start <= i);
      const part = parts[p];
      if (!part) throw new RangeError(`There is no image ${i}; the set has ${count}.`);
      return part.pixels(i - (starts[p] as number));
    },
  };
}
