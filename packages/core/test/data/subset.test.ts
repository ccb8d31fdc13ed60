import { type DataSet, type ImageSet, shapes, subsetOf } from '@strata/core/data';
import { UsageError } from '@strata/core/errors';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countedImages } from './images.js';

/** 60, 30 and 10 images of three classes. */
const skewed: ImageSet = {
  ...countedImages(100, [1, 2, 2]),
  labels: Uint16Array.from({ length: 100 }, (_, i) => (i < 60 ? 0 : i < 90 ? 1 : 2)),
};

const counted: DataSet = {
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
    expect(subsetOf(counted, { train: 500, test: 100 })).toEqual({ train: counted.train, test: skewed });
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

  it('takes the same images of the generated set whatever the size of the pixels', () => {
    const [small, large] = [8, 16].map(side => shapes({ shape: [3, side, side], train: 200, test: 100 }));
    expect(placesOf(subsetOf(small as DataSet, { train: 40 }).train)).toEqual(
      placesOf(subsetOf(large as DataSet, { train: 40 }).train),
    );
  });
});
