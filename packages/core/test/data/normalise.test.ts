import { channelStatistics, type ImageSet } from '@strata/core/data';
import { UsageError } from '@strata/core/errors';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCifar10 } from '../../src/data/cifar10.js';
import { LEVELS, type LevelNormalisation, normalisationTable } from '../../src/data/normalise.js';
import { countedImages, realCifar10 } from './images.js';

function imagesOf(...all: readonly Uint8Array[]): ImageSet {
  return {
    count: all.length,
    shape: [2, 1, 2],
    labels: new Uint16Array(all.length),
    pixels: i => all[i] as Uint8Array,
  };
}

describe('channelStatistics', () => {
  it('gives mean and deviation of each channel over all its pixels', () => {
    const { mean, deviation } = channelStatistics(
      imagesOf(Uint8Array.of(0, 2, 7, 7), Uint8Array.of(4, 6, 7, 7)),
    );
    expect(mean).toEqual([3, 7]);
    expect(deviation).toEqual([Math.sqrt(5), 0]);
  });

  it('does not depend on the order of the images', () => {
    const image = fc.uint8Array({ minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(fc.array(image, { minLength: 1, maxLength: 20 }), images => {
        expect(channelStatistics(imagesOf(...images.toReversed()))).toEqual(
          channelStatistics(imagesOf(...images)),
        );
      }),
    );
  });

  it('refuses a set without images', () => {
    expect(() => channelStatistics(imagesOf())).toThrow(UsageError);
  });
});

describe('normalisationTable', () => {
  const images = countedImages(50, [3, 5, 4]);
  const statistics = channelStatistics(images);

  const inputs = (kind: LevelNormalisation['kind']): number[][] => {
    const table = normalisationTable({ kind }, statistics);
    return [0, 1, 2].map(c =>
      Array.from({ length: images.count }, (_, i) =>
        [...images.pixels(i).subarray(c * 20, (c + 1) * 20)].map(
          level => table[c * LEVELS + level] as number,
        ),
      ).flat(),
    );
  };
  const moment = (values: readonly number[], power: number): number =>
    values.reduce((sum, x) => sum + x ** power, 0) / values.length;

  it('centres each channel and keeps the scale under `mean`', () => {
    inputs('mean').forEach((channel, c) => {
      expect(moment(channel, 1)).toBeCloseTo(0, 4);
      expect(Math.sqrt(moment(channel, 2))).toBeCloseTo(statistics.deviation[c] as number, 3);
    });
  });

  it('gives each channel mean 0 and deviation 1 under `mean-deviation`', () => {
    for (const channel of inputs('mean-deviation')) {
      expect(moment(channel, 1)).toBeCloseTo(0, 5);
      expect(moment(channel, 2)).toBeCloseTo(1, 5);
    }
  });

  it('only centres a channel that never varies', () => {
    const table = normalisationTable({ kind: 'mean-deviation' }, { mean: [9], deviation: [0] });
    expect([table[9], table[11]]).toEqual([0, 2]);
  });
});

const real = realCifar10();
describe.skipIf(real === undefined)(
  'statistics of the real CIFAR-10 files (skipped where they are not found)',
  () => {
    it('are the published ones of the training images, to within what a part of them can differ', async () => {
      const { train } = await readCifar10(real as string);
      const { mean, deviation } = channelStatistics(train);
      [0.4914, 0.4822, 0.4465].forEach((published, c) => {
        expect(Math.abs((mean[c] as number) / 255 - published)).toBeLessThan(0.01);
      });
      [0.247, 0.2435, 0.2616].forEach((published, c) => {
        expect(Math.abs((deviation[c] as number) / 255 - published)).toBeLessThan(0.005);
      });
    });
  },
);
