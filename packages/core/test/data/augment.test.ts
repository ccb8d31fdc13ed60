import type { Augmentation } from '@strata/core/data';
import { UsageError } from '@strata/core/errors';
import type { Shape } from '@strata/core/network';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { augmentedMap, mirrored, OUTSIDE, type PixelMove, shifted } from '../../src/data/augment.js';
import { checkAugmentations } from '../../src/data/check-preprocessing.js';

const SHAPE: Shape = [3, 9, 12];
const line = (length: number): Int16Array => Int16Array.from({ length }, (_, i) => i);
const mode = fc.constantFrom('zero' as const, 'reflect' as const);
const place = fc.record({ seed: fc.maxSafeNat(), epoch: fc.nat(), index: fc.nat() });
const padCrop: fc.Arbitrary<PixelMove> = fc.record({
  kind: fc.constant('pad-crop' as const),
  pad: fc.nat({ max: 8 }),
  mode,
});
const flip: PixelMove = { kind: 'flip' };

describe('shifted', () => {
  it('pads with the outside, or reflects without repeating the edge (as Torch and PyTorch do)', () => {
    expect([...shifted(line(5), -2, 'zero')]).toEqual([OUTSIDE, OUTSIDE, 0, 1, 2]);
    expect([...shifted(line(5), 2, 'zero')]).toEqual([2, 3, 4, OUTSIDE, OUTSIDE]);
    expect([...shifted(line(5), -2, 'reflect')]).toEqual([2, 1, 0, 1, 2]);
    expect([...shifted(line(5), 2, 'reflect')]).toEqual([2, 3, 4, 3, 2]);
  });

  it('stays inside the image, whatever the shift', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 64 }),
        fc.double({ min: -1, max: 1, noNaN: true }),
        (length, part) => {
          const by = Math.round(part * (length - 1));
          const reflected = shifted(line(length), by, 'reflect');
          expect(reflected.every(from => from >= 0 && from < length)).toBe(true);
          const zeros = shifted(line(length), by, 'zero').filter(from => from === OUTSIDE);
          expect(zeros).toHaveLength(Math.abs(by));
        },
      ),
    );
  });

  it('keeps zeros that an earlier augmentation put there', () => {
    const padded = shifted(line(4), 1, 'zero');
    expect([...mirrored(padded)]).toEqual([OUTSIDE, 3, 2, 1]);
    expect([...shifted(padded, 1, 'reflect')]).toEqual([2, 3, OUTSIDE, 3]);
  });
});

describe('mirrored', () => {
  it('twice is the line itself', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 64 }), length => {
        expect(mirrored(mirrored(line(length)))).toEqual(line(length));
      }),
    );
  });
});

describe('augmentedMap', () => {
  it('is a pure function of seed, epoch and index', () => {
    fc.assert(
      fc.property(padCrop, place, (crop, at) => {
        expect(augmentedMap(SHAPE, [crop, flip], at)).toEqual(augmentedMap(SHAPE, [crop, flip], at));
      }),
    );
  });

  it('flips the same images with and without a crop, and crops them alike with and without a flip', () => {
    fc.assert(
      fc.property(padCrop, place, (crop, at) => {
        const cropped = augmentedMap(SHAPE, [crop], at);
        const flipped = augmentedMap(SHAPE, [flip], at).columns[0] !== 0;
        const both = augmentedMap(SHAPE, [crop, flip], at);
        expect(both.rows).toEqual(cropped.rows);
        expect(both.columns).toEqual(flipped ? mirrored(cropped.columns) : cropped.columns);
      }),
    );
  });

  it('leaves an image as it is without augmentation', () => {
    const { rows, columns } = augmentedMap(SHAPE, [], { seed: 1, epoch: 2, index: 3 });
    expect([rows, columns]).toEqual([line(9), line(12)]);
  });

  it('flips half of the images, and crops every window equally often', () => {
    const trials = 20_000;
    let flips = 0;
    const windows = new Map<string, number>();
    for (let index = 0; index < trials; index++) {
      const crop: PixelMove = { kind: 'pad-crop', pad: 2, mode: 'zero' };
      const at = { seed: 0, epoch: 1, index };
      if (augmentedMap(SHAPE, [flip], at).columns[0] !== 0) flips++;
      const { rows, columns } = augmentedMap(SHAPE, [crop], at);
      const window = `${rows[4]},${columns[4]}`;
      windows.set(window, (windows.get(window) ?? 0) + 1);
    }
    // Five deviations of a fair coin; the 99.99 % point of chi-square with 24 degrees of freedom.
    expect(Math.abs(flips - trials / 2)).toBeLessThan(354);
    expect(windows.size).toBe(25);
    const chiSquare = [...windows.values()].reduce(
      (sum, n) => sum + (n - trials / 25) ** 2 / (trials / 25),
      0,
    );
    expect(chiSquare).toBeLessThan(57.7);
  });

  it('changes with the epoch and with the seed', () => {
    const mapsOf = (seed: number, epoch: number): string =>
      JSON.stringify(
        Array.from({ length: 20 }, (_, index) =>
          augmentedMap(SHAPE, [{ kind: 'pad-crop', pad: 4, mode: 'reflect' }, flip], { seed, epoch, index }),
        ),
      );
    expect(new Set([mapsOf(0, 0), mapsOf(0, 1), mapsOf(1, 0), mapsOf(2 ** 32, 0)]).size).toBe(4);
  });
});

describe('checkAugmentations', () => {
  it.each([-1, 0.5, 9, Number.NaN])('refuses to pad a side of nine pixels by %f', pad => {
    const augmentations: Augmentation[] = [{ kind: 'pad-crop', pad, mode: 'reflect' }];
    expect(() => checkAugmentations(augmentations, SHAPE)).toThrow(UsageError);
    expect(() => checkAugmentations(augmentations, SHAPE)).toThrow(/3x9x12.*from 0 to 8/);
  });

  it('refuses the same augmentation twice', () => {
    expect(() => checkAugmentations([flip, flip], SHAPE)).toThrow(/flip is named twice/);
  });

  it('accepts what fits', () => {
    expect(() =>
      checkAugmentations([{ kind: 'pad-crop', pad: 8, mode: 'reflect' }, flip], SHAPE),
    ).not.toThrow();
  });
});
