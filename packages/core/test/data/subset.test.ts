import { type ImageDataSet, type ImageSet, type PhotoSet, shapes, subsetOf } from '@strata/core/data';
import { UsageError } from '@strata/core/errors';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countedImages } from './images.js';

/** 60, 30 and 10 images of three classes. */
const skewed: ImageSet = {
  ...countedImages(100, [1, 2, 2]),
  labels: Uint16Array.from({ length: 100 }, (_, i) => (i < 60 ? 0 : i < 90 ? 1 : 2)),
};

const counted: ImageDataSet = {
  name: 'counted',
  classes: Array.from({ length: 10 }, (_, c) => `class ${c}`),
  shape: [1, 2, 2],
  train: countedImages(500, [1, 2, 2]),
  test: skewed,
  checksum: '',
  source: 'generated',
};

function placesOf(images: ImageSet): number[] {
  return [...(images.places ?? Array.from({ length: images.count }, (_, i) => i))];
}

const size = fc.integer({ min: 1, max: counted.train.count });

describe('subsetOf', () => {
  it('takes the same number of every class, or one more of some', () => {
    fc.assert(
      fc.property(size, count => {
        const { train } = subsetOf(counted, { train: count });
        const counts = counted.classes.map((_, c) => train.labels.filter(label => label === c).length);
        expect(train.count).toBe(count);
        expect(train.labels).toHaveLength(count);
        expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('puts smaller subsets inside larger ones', () => {
    fc.assert(
      fc.property(size, size, (a, b) => {
        const small = placesOf(subsetOf(counted, { train: Math.min(a, b) }).train);
        const large = new Set(placesOf(subsetOf(counted, { train: Math.max(a, b) }).train));
        expect(small.every(place => large.has(place))).toBe(true);
      }),
    );
  });

  it('shows the images of the whole set, each once, and says where they stand', () => {
    const { train } = subsetOf(counted, { train: 77 });
    const places = placesOf(train);
    expect(new Set(places).size).toBe(77);
    places.forEach((place, i) => {
      expect(train.pixels(i)).toEqual(counted.train.pixels(place));
      expect(train.labels[i]).toBe(counted.train.labels[place]);
    });
    expect(() => train.pixels(77)).toThrow(RangeError);
  });

  it('draws the same images every time, and others from the other half', () => {
    const twins = { ...counted, test: counted.train };
    const once = subsetOf(twins, { train: 50, test: 50 });
    const again = subsetOf(twins, { train: 50, test: 50 });
    expect(placesOf(again.train)).toEqual(placesOf(once.train));
    expect(placesOf(once.test)).not.toEqual(placesOf(once.train));
  });

  it('is a draw, not the beginning of the set', () => {
    const places = placesOf(subsetOf(counted, { train: 50 }).train);
    expect(places.filter(place => place >= 250).length).toBeGreaterThan(10);
  });

  it('leaves a half alone of which nothing, or all, is asked', () => {
    expect(subsetOf(counted, {}).train).toBe(counted.train);
    expect(subsetOf(counted, { train: 500, test: 100 })).toEqual({
      train: counted.train,
      test: skewed,
      validation: undefined,
    });
  });

  it.each([0, -1, 1.5, 501, Number.NaN])('refuses %f of 500 images', train => {
    expect(() => subsetOf(counted, { train })).toThrow(UsageError);
    expect(() => subsetOf(counted, { train })).toThrow(/counted \(generated\).*from 1 to 500/);
  });

  it('takes from classes of unequal size what is balanced, and no more', () => {
    const { test } = subsetOf(counted, { test: 30 });
    expect([0, 1, 2].map(c => test.labels.filter(label => label === c).length)).toEqual([10, 10, 10]);
    expect(() => subsetOf(counted, { test: 31 })).toThrow(
      /at most 30, since its classes are not of equal size, or all 100/,
    );
  });

  it('draws validation images from the training images, none of them twice, the same for every training subset', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 499 }), fc.nat(), (validation, n) => {
        const most = counted.train.count - validation;
        const train = 1 + (n % most);
        const parts = subsetOf(counted, { train, validation });
        const held = placesOf(parts.validation as ImageSet);
        const trained = new Set(placesOf(parts.train));
        expect([trained.size, held.length]).toEqual([train, validation]);
        expect(held.some(place => trained.has(place))).toBe(false);
        const perClass = counted.classes.map(
          (_, c) => parts.validation?.labels.filter(label => label === c).length ?? 0,
        );
        expect(Math.max(...perClass) - Math.min(...perClass)).toBeLessThanOrEqual(1);
        const all = subsetOf(counted, { validation });
        expect(all.train.count).toBe(most);
        expect(placesOf(all.validation as ImageSet)).toEqual(held);
      }),
    );
  });

  it('leaves a training subset as it is without validation images', () => {
    expect(placesOf(subsetOf(counted, { train: 77, validation: 100 }).train)).toEqual(
      placesOf(subsetOf(counted, { train: 77 }).train),
    );
  });

  it('refuses validation images that are not there', () => {
    for (const subset of [
      { validation: 500 },
      { train: 401, validation: 100 },
      { validation: 1.5 },
      { validation: -1 },
    ])
      expect(() => subsetOf(counted, subset)).toThrow(/make at most 500 together/);
    const turned = { ...counted, train: skewed };
    expect(() => subsetOf(turned, { validation: 31 })).toThrow(/31 validation images .* at most 30/);
    expect(() => subsetOf(turned, { train: 25, validation: 10 })).toThrow(/25 train images .* at most 20/);
    expect(subsetOf(turned, { train: 90, validation: 10 }).train.count).toBe(90);
  });

  it('takes parts of photographs as it does of images', async () => {
    const photos: PhotoSet = {
      count: counted.train.count,
      labels: counted.train.labels,
      encoded: async i => Uint8Array.of(i % 256),
      describe: i => `photo ${i}`,
    };
    const { train } = subsetOf({ ...counted, train: photos, test: photos }, { train: 50 });
    const places = [...(train.places ?? [])];
    expect(places).toEqual(placesOf(subsetOf(counted, { train: 50 }).train));
    expect(train.describe(7)).toBe(`photo ${places[7]}`);
    expect(await train.encoded(7)).toEqual(Uint8Array.of((places[7] as number) % 256));
    expect(() => train.describe(50)).toThrow(RangeError);
  });

  it('takes the same images of the generated set whatever the size of the pixels', () => {
    const [small, large] = [8, 16].map(side => shapes({ shape: [3, side, side], train: 200, test: 100 }));
    expect(placesOf(subsetOf(small as ImageDataSet, { train: 40 }).train)).toEqual(
      placesOf(subsetOf(large as ImageDataSet, { train: 40 }).train),
    );
  });
});
