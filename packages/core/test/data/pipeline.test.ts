import {
  type Augmentation,
  channelStatistics,
  type ImageSet,
  shapes,
  subsetOf,
  type TrainingOptions,
  trainingBatches,
} from '@strata/core/data';
import { UsageError } from '@strata/core/errors';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countedImages } from './images.js';

const images = countedImages(53, [3, 6, 5]);
const SIZE = 3 * 6 * 5;
const statistics = channelStatistics(images);
const standard: TrainingOptions = {
  batchSize: 8,
  normalisation: { kind: 'mean-deviation' },
  statistics,
  augmentation: [{ kind: 'pad-crop', pad: 2, mode: 'reflect' }, { kind: 'flip' }],
  seed: 0,
};
const plain: TrainingOptions = { ...standard, augmentation: [] };

/** Image `i` normalised by the definition, in double precision: `[channel][row][column]`. */
function normalised(set: ImageSet, i: number, kind: 'mean' | 'mean-deviation'): number[][][] {
  const [channels, height, width] = set.shape;
  const pixels = set.pixels(i);
  return Array.from({ length: channels }, (_, c) =>
    Array.from({ length: height }, (_, y) =>
      Array.from({ length: width }, (_, x) => {
        const centred = (pixels[(c * height + y) * width + x] as number) - (statistics.mean[c] as number);
        return kind === 'mean' ? centred : centred / (statistics.deviation[c] as number);
      }),
    ),
  );
}

/** Which image of the set an unaugmented input is. */
function identify(input: Float32Array): number {
  for (let i = 0; i < images.count; i++) {
    const expected = normalised(images, i, 'mean-deviation').flat(2);
    if (expected.every((x, at) => Math.abs(x - (input[at] as number)) < 1e-4)) return i;
  }
  return -1;
}

function inputsOf(batches: Iterable<{ images: Float32Array; count: number }>): Float32Array[] {
  return [...batches].flatMap(batch =>
    Array.from({ length: batch.count }, (_, i) => batch.images.subarray(i * SIZE, (i + 1) * SIZE)),
  );
}

describe('trainingBatches', () => {
  it('shows every image at most once an epoch, with its label, and skips those left over', () => {
    const { stepsPerEpoch, epoch } = trainingBatches(images, plain);
    expect(stepsPerEpoch).toBe(6);
    const batches = [...epoch(3)];
    expect(batches.map(batch => batch.count)).toEqual([8, 8, 8, 8, 8, 8]);
    const shown = inputsOf(batches).map(identify);
    expect(shown).not.toContain(-1);
    expect(new Set(shown).size).toBe(48);
    const labels = batches.flatMap(batch => [...batch.labels]);
    expect(labels).toEqual(shown.map(i => images.labels[i]));
  });

  it('skips other images in other epochs', () => {
    const { epoch } = trainingBatches(images, plain);
    const everShown = new Set([0, 1, 2, 3].flatMap(e => inputsOf(epoch(e)).map(identify)));
    expect(everShown.size).toBe(53);
  });

  it('makes one smaller batch of a set smaller than a batch', () => {
    const { stepsPerEpoch, batchAt } = trainingBatches(images, { ...plain, batchSize: 100 });
    expect(stepsPerEpoch).toBe(1);
    expect(batchAt(0, 0).count).toBe(53);
  });

  it('gives the same batch by epoch and step as in passing', () => {
    const options = fc.record({
      seed: fc.maxSafeNat(),
      batchSize: fc.integer({ min: 1, max: 60 }),
      epoch: fc.nat({ max: 1000 }),
    });
    fc.assert(
      fc.property(options, fc.nat(), ({ seed, batchSize, epoch }, any) => {
        const inPassing = trainingBatches(images, { ...standard, seed, batchSize });
        const step = any % inPassing.stepsPerEpoch;
        const resumed = trainingBatches(images, { ...standard, seed, batchSize });
        resumed.batchAt(epoch + 1, 0);
        expect(resumed.batchAt(epoch, step)).toEqual([...inPassing.epoch(epoch)][step]);
        expect([...resumed.epoch(epoch, step)]).toEqual([...inPassing.epoch(epoch)].slice(step));
      }),
      { numRuns: 30 },
    );
  });

  it('hands out batches that later ones leave alone', () => {
    const { batchAt } = trainingBatches(images, standard);
    const first = batchAt(0, 0);
    const copy = structuredClone(first);
    batchAt(0, 1);
    expect(first).toEqual(copy);
  });

  it('orders by seed and epoch alone: augmentation and normalisation change nothing', () => {
    const labelsOf = (options: TrainingOptions, epoch: number): number[] =>
      [...trainingBatches(images, options).epoch(epoch)].flatMap(batch => [...batch.labels]);
    const order = labelsOf(standard, 0);
    expect(labelsOf({ ...plain, normalisation: { kind: 'mean' } }, 0)).toEqual(order);
    expect(labelsOf({ ...plain, batchSize: 16 }, 0)).toEqual(order);
    expect(labelsOf(standard, 1)).not.toEqual(order);
    expect(labelsOf({ ...standard, seed: 1 }, 0)).not.toEqual(order);
  });

  it('augments an image by its place in the whole set, whatever the subset', () => {
    const whole = shapes({ shape: [3, 8, 8], train: 60, test: 10 });
    const options: TrainingOptions = {
      ...standard,
      batchSize: 1,
      statistics: channelStatistics(whole.train),
    };
    const seen = (set: ImageSet): Set<string> => {
      const { epoch } = trainingBatches(set, options);
      return new Set([...epoch(0)].map(batch => batch.images.join()));
    };
    const all = seen(whole.train);
    expect([...seen(subsetOf(whole, { train: 20 }).train)].every(input => all.has(input))).toBe(true);
  });

  it.each(['mean', 'mean-deviation'] as const)(
    'pads after normalising by `%s`: with zeros, or with the mirrored inputs',
    kind => {
      for (const mode of ['zero', 'reflect'] as const) {
        const augmentation: Augmentation[] = [{ kind: 'pad-crop', pad: 2, mode }, { kind: 'flip' }];
        const { batchAt } = trainingBatches(images, {
          ...standard,
          normalisation: { kind },
          augmentation,
          batchSize: 1,
        });
        const unchanged = trainingBatches(images, { ...plain, batchSize: 1 });
        for (let step = 0; step < 40; step++) {
          const crops = possibleCrops(identify(unchanged.batchAt(0, step).images), kind, mode);
          expect(crops.some(crop => matches(batchAt(0, step).images, crop))).toBe(true);
        }
      }
    },
  );

  it.each([0, -1, 2.5, Number.NaN])('refuses a batch size of %f', batchSize => {
    expect(() => trainingBatches(images, { ...standard, batchSize })).toThrow(UsageError);
  });

  it('has no step beyond its epoch', () => {
    const { batchAt } = trainingBatches(images, standard);
    expect(() => batchAt(0, 6)).toThrow(RangeError);
    expect(() => batchAt(0, -1)).toThrow(RangeError);
  });
});

/** Every input that pad-crop by 2 and flip can make of image `i`, by plain loops. */
function possibleCrops(i: number, kind: 'mean' | 'mean-deviation', mode: 'zero' | 'reflect'): number[][] {
  const [, height, width] = images.shape;
  const image = normalised(images, i, kind);
  const inside = (at: number, length: number): number =>
    at < 0 ? -at : at >= length ? 2 * (length - 1) - at : at;
  const pixel = (plane: readonly number[][], row: number, column: number): number => {
    const isInside = row >= 0 && row < height && column >= 0 && column < width;
    return mode === 'zero' && !isInside ? 0 : (plane[inside(row, height)]?.[inside(column, width)] as number);
  };
  const crops: number[][] = [];
  for (let dy = -2; dy <= 2; dy++) {
    for (let dx = -2; dx <= 2; dx++) {
      const crop = image.map(plane => plane.map((row, y) => row.map((_, x) => pixel(plane, y + dy, x + dx))));
      crops.push(crop.flat(2), crop.map(plane => plane.map(row => row.toReversed())).flat(2));
    }
  }
  return crops;
}

function matches(input: Float32Array, expected: readonly number[]): boolean {
  return expected.every((x, at) => Math.abs(x - (input[at] as number)) < 1e-4);
}
