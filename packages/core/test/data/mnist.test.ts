import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { channelStatistics, describeDataSets, openDataSet } from '@strata/core/data';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mnistClasses, readMnist } from '../../src/data/mnist.js';
import { temporaryFolder } from './cifar10-files.js';
import { realData } from './photos.js';
import { idx, mnistImages, mnistLabels, writeMnist } from './stored-sets.js';

let base: string;
beforeEach(() => {
  base = temporaryFolder();
});
afterEach(() => rmSync(base, { recursive: true }));

const read = () => readMnist(base, 'mnist', mnistClasses);

describe('readMnist', () => {
  it('reads gray images and their labels', async () => {
    writeMnist(base, bytes => bytes, '');
    const { train, test, shape } = await read();
    expect(shape).toEqual([1, 28, 28]);
    expect([...train.labels]).toEqual([0, 3, 6, 9, 2, 5, 8, 1, 4, 7, 0, 3]);
    expect(train.pixels(11)).toEqual(Uint8Array.from(mnistImages(12).subarray(16 + 11 * 784)));
    expect(test.count).toBe(5);
  });

  it('reads compressed files, to the same checksum', async () => {
    writeMnist(base, bytes => bytes, '');
    const { checksum } = await read();
    rmSync(base, { recursive: true });
    writeMnist(base, gzipSync, '.gz');
    expect((await read()).checksum).toBe(checksum);
  });

  it.each<[string, string, Buffer, RegExp]>([
    ['more labels than images', 'train-labels-idx1-ubyte', mnistLabels(13), /13 labels, expected 12/],
    [
      'labels in the place of images',
      'train-images-idx3-ubyte',
      mnistLabels(12),
      /begins with 00000801, expected 00000803/,
    ],
    [
      'images in the place of labels',
      't10k-labels-idx1-ubyte',
      mnistImages(5),
      /begins with 00000803, expected 00000801|bytes, expected at most/,
    ],
    [
      'an unknown label',
      'train-labels-idx1-ubyte',
      idx([12], new Uint8Array(12).fill(10)),
      /label 10 of image 0, expected 0 to 9/,
    ],
    [
      'images of another size',
      'train-images-idx3-ubyte',
      idx([12, 14, 56], new Uint8Array(12 * 784)),
      /images of 14x56 pixels, expected 28x28/,
    ],
    [
      'a header that promises gigabytes',
      'train-images-idx3-ubyte',
      idx([2 ** 32 - 1, 28, 28], new Uint8Array(784)),
      /784 values where its header says 4294967295/,
    ],
    ['no image', 'train-images-idx3-ubyte', idx([0, 28, 28], new Uint8Array()), /0 values/],
    [
      'more images than the official set',
      't10k-images-idx3-ubyte',
      mnistImages(10_001),
      /10001|bytes, expected at most/,
    ],
    [
      'another type of number',
      'train-labels-idx1-ubyte',
      Buffer.from([0, 0, 9, 1, 0, 0, 0, 1, 0]),
      /begins with 00000901/,
    ],
    [
      'a small file that unpacks to a large one',
      'train-labels-idx1-ubyte',
      gzipSync(new Uint8Array(2 ** 24)),
      /cannot be unpacked/,
    ],
    [
      'bytes behind what is packed',
      'train-labels-idx1-ubyte',
      Buffer.concat([gzipSync(mnistLabels(12)), Buffer.from([1])]),
      /cannot be unpacked/,
    ],
  ])('refuses %s', async (_, file, bytes, message) => {
    writeMnist(base, whole => whole, '');
    writeFileSync(join(base, file), bytes);
    await expect(read()).rejects.toThrow(message);
    await expect(read()).rejects.toThrow(join(base, file));
  });
});

describe('looking for sets whose files have the same names', () => {
  it('counts them only in a folder of the right name', async () => {
    const env = { XDG_CACHE_HOME: base };
    writeMnist(join(base, 'mnist'), bytes => bytes, '');
    const found = (dataDir: string) =>
      Object.fromEntries(describeDataSets({ dataDir, env }).map(({ name, where }) => [name, where]));
    expect(found(base).mnist).toBe(join(base, 'mnist'));
    expect(found(join(base, 'mnist')).mnist).toBe(join(base, 'mnist'));
    expect(found(join(base, 'mnist'))['fashion-mnist']).not.toBe(join(base, 'mnist'));
    writeMnist(join(base, 'other'), bytes => bytes, '');
    expect(found(join(base, 'other')).mnist).toBeNull();
  });
});

const real = realData('mnist');
describe.skipIf(real === undefined)('the real MNIST (skipped where it is not found)', () => {
  it('has the published mean and deviation', async () => {
    const { train, test } = await readMnist(real as string, 'mnist', mnistClasses);
    expect(train.count).toBeGreaterThanOrEqual(10_000);
    expect(test.count).toBeGreaterThanOrEqual(2000);
    const { mean, deviation } = channelStatistics(train);
    expect((mean[0] as number) / 255).toBeCloseTo(0.1307, 2);
    expect((deviation[0] as number) / 255).toBeCloseTo(0.3081, 2);
  });
});

const debian = '/usr/share/datasets/fashion-mnist';
describe.skipIf(!existsSync(debian))(
  "Debian's dataset-fashion-mnist (skipped where it is not installed)",
  () => {
    it('is found and read whole, with the published mean and deviation', async () => {
      const { dataSet } = await openDataSet('fashion-mnist', { env: { XDG_CACHE_HOME: base } });
      expect(dataSet.source).toBe(debian);
      const { train, test, shape, classes } = dataSet;
      if (!shape) throw new Error('these are no photographs');
      expect([train.count, test.count]).toEqual([60_000, 10_000]);
      for (const [half, each] of [
        [train, 6000],
        [test, 1000],
      ] as const)
        expect(classes.map((_, c) => half.labels.filter(label => label === c).length)).toEqual(
          new Array(10).fill(each),
        );
      const { mean, deviation } = channelStatistics(dataSet.train);
      expect((mean[0] as number) / 255).toBeCloseTo(0.286, 3);
      expect((deviation[0] as number) / 255).toBeCloseTo(0.353, 3);
    });
  },
);
