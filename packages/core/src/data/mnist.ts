/** MNIST (LeCun, Cortes, Burges) and sets in its layout, such as Fashion-MNIST (Xiao, Rasul, Vollgraf 2017, arXiv 1708.07747). */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Shape } from '../network/index.js';
import type { ImageDataSet, ImageSet } from './data-set.js';
import { readIdx } from './idx.js';
import { imagesInBytes } from './images-in-bytes.js';
import { damaged } from './read-file.js';

export const mnistClasses = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

export const fashionMnistClasses = [
  'T-shirt/top',
  'trouser',
  'pullover',
  'dress',
  'coat',
  'sandal',
  'shirt',
  'sneaker',
  'bag',
  'ankle boot',
] as const;

export const mnistShape: Shape = [1, 28, 28];

interface Half {
  readonly images: string;
  readonly labels: string;
  readonly most: number;
}

const TRAIN: Half = { images: 'train-images-idx3-ubyte', labels: 'train-labels-idx1-ubyte', most: 60_000 };
const TEST: Half = { images: 't10k-images-idx3-ubyte', labels: 't10k-labels-idx1-ubyte', most: 10_000 };

/** Each may have `.gz` at its end. */
export const mnistFiles = [TRAIN.images, TRAIN.labels, TEST.images, TEST.labels];

/**
 * Reads the four files, each plain or compressed. The checksum covers names, lengths and what is in them, so that it is the
 * same for either.
 * @throws UsageError naming the file, what was found in it and what was expected.
 */
export async function readMnist(
  folder: string,
  name: string,
  classes: readonly string[],
): Promise<ImageDataSet> {
  const hash = createHash('sha256');
  const read = async (file: string, dimensions: number, most: number) => {
    const array = await readIdx(pathOf(folder, file), dimensions, most);
    hash.update(`${file} ${array.values.length}\n`).update(array.values);
    return array;
  };
  const half = async ({ images, labels, most }: Half): Promise<ImageSet> => {
    const [, height, width] = mnistShape;
    const pixels = await read(images, 3, most * height * width);
    const [count, ...sides] = pixels.dimensions as [number, number, number];
    if (sides[0] !== height || sides[1] !== width)
      throw damaged(pathOf(folder, images), `images of ${sides.join('x')} pixels`, `${height}x${width}`);
    const numbers = (await read(labels, 1, most)).values;
    if (numbers.length !== count)
      throw damaged(
        pathOf(folder, labels),
        `${numbers.length} labels`,
        `${count}, one for each image of ${images}`,
      );
    const strange = numbers.findIndex(label => label >= classes.length);
    if (strange >= 0)
      throw damaged(
        pathOf(folder, labels),
        `label ${numbers[strange]} of image ${strange}`,
        `0 to ${classes.length - 1}`,
      );
    return imagesInBytes(pixels.values, Uint16Array.from(numbers), mnistShape);
  };
  const train = await half(TRAIN);
  const test = await half(TEST);
  return { name, classes, shape: mnistShape, train, test, checksum: hash.digest('hex'), source: folder };
}

function pathOf(folder: string, name: string): string {
  const plain = join(folder, name);
  return !existsSync(plain) && existsSync(`${plain}.gz`) ? `${plain}.gz` : plain;
}
