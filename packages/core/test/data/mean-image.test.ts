import {
  type Augmentation,
  checkNormalisation,
  fitInput,
  type ImageSet,
  type Normalisation,
  readyInput,
  testImages,
} from '@strata/core/data';
import { UsageError } from '@strata/core/errors';
import type { Shape } from '@strata/core/network';
import { describe, expect, it } from 'vitest';
import { drawsOf } from '../../src/data/augment.js';
import { drawColourShift } from '../../src/data/colour.js';
import { heldInput } from '../../src/data/held-input.js';
import type { HeldImages } from '../../src/data/normalised-set.js';
import { drawWindow } from '../../src/data/rescale-crop.js';
import { countedImages } from './images.js';
import { distance } from './preprocessing-fixture.js';

const SHAPE: Shape = [3, 6, 5];
const images = countedImages(20, SHAPE);
const normalisation: Normalisation = { kind: 'mean-image' };

/** The mean of each pixel by the definition. */
const mean = Array.from({ length: 90 }, (_, at) => {
  const levels = Array.from({ length: images.count }, (_, i) => images.pixels(i)[at] as number);
  return levels.reduce((sum, level) => sum + level, 0) / images.count;
});

function less(set: ImageSet, i: number): number[] {
  return Array.from(set.pixels(i), (level, at) => level - (mean[at] as number));
}

async function inputOf(augmentation: readonly Augmentation[], input: Shape = SHAPE) {
  const fitted = await fitInput(images, { normalisation, augmentation, input });
  const ready = (await readyInput(images, normalisation, fitted)) as HeldImages;
  const { statistics } = fitted;
  const write = heldInput(ready, { input, normalisation, statistics, augmentation, seed: 3 });
  return {
    statistics,
    of(i: number, epoch: number): Float32Array {
      const out = new Float32Array(input[0] * input[1] * input[2]);
      write(i, epoch, out);
      return out;
    },
  };
}

describe('the mean image', () => {
  it('is subtracted pixel by pixel, on the scale of the pixels', async () => {
    const input = await inputOf([]);
    for (const i of [0, 7, 19]) expect(distance(input.of(i, 0), less(images, i))).toBeLessThan(1e-4);
  });

  it('is that of the training images, for test images too', async () => {
    const options = { normalisation, augmentation: [], input: SHAPE };
    const fitted = await fitInput(images, options);
    const others = countedImages(30, SHAPE);
    const { input } = testImages(await readyInput(others, normalisation, fitted), {
      normalisation,
      statistics: fitted.statistics,
    });
    expect(distance(await input(25, { height: 6, width: 5 }), less(others, 25))).toBeLessThan(1e-4);
  });

  it('is part of the hash of what was fitted', async () => {
    const hashOf = async (set: ImageSet, kind: 'mean' | 'mean-image'): Promise<string> =>
      (await fitInput(set, { normalisation: { kind }, augmentation: [], input: SHAPE })).sha256;
    // The same levels in each channel at other places: the same mean of channels, another image.
    const mirrored: ImageSet = { ...images, pixels: i => mirroredRows(images.pixels(i)) };
    expect(await hashOf(mirrored, 'mean')).toBe(await hashOf(images, 'mean'));
    expect(await hashOf(mirrored, 'mean-image')).not.toBe(await hashOf(images, 'mean-image'));
    expect(await hashOf(images, 'mean-image')).toBe(await hashOf(images, 'mean-image'));
  });

  it('is subtracted before a crop is cut', async () => {
    const crop = { kind: 'rescale-crop', smallest: 5, largest: 5 } as const;
    const input = await inputOf([crop], [3, 4, 4]);
    const place = { seed: 3, epoch: 1, index: 9 };
    const { top, left } = drawWindow({ height: 6, width: 5 }, [3, 4, 4], drawsOf('rescale-crop', place));
    const expected = less(images, 9).filter((_, at) => {
      const [y, x] = [Math.floor((at % 30) / 5) - top, (at % 5) - left];
      return y >= 0 && y < 4 && x >= 0 && x < 4;
    });
    expect(distance(input.of(9, 1), expected)).toBeLessThan(1e-4);
  });

  it('leaves colours to be shifted on the scale of the pixels', async () => {
    const input = await inputOf([{ kind: 'pca-colour', deviation: 0.1 }]);
    const axes = input.statistics.colour;
    if (!axes) throw new RangeError('no axes');
    const shift = drawColourShift(axes, 0.1, { seed: 3, epoch: 2, index: 4 });
    const expected = less(images, 4).map((x, at) => x + (shift[Math.floor(at / 30)] as number));
    expect(distance(input.of(4, 2), expected)).toBeLessThan(1e-4);
  });

  it('is refused for photographs, each of its own size', () => {
    expect(() => checkNormalisation(normalisation, [], undefined)).toThrow(UsageError);
    expect(() => checkNormalisation(normalisation, [], undefined)).toThrow(
      /mean-image is for images of one size; use mean or/,
    );
  });
});

function mirroredRows(pixels: Uint8Array): Uint8Array {
  return pixels.map((_, at) => pixels[at - (at % 5) + 4 - (at % 5)] as number);
}
