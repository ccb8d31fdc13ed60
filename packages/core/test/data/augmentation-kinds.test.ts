import { type Augmentation, channelStatistics, type ImageSet, trainingBatches } from '@strata/core/data';
import { UsageError } from '@strata/core/errors';
import { elements, type Shape } from '@strata/core/network';
import { stream } from '@strata/core/random';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawDistortion, warped } from '../../src/data/affine.js';
import { checkAugmentations, checkNormalisation } from '../../src/data/check-preprocessing.js';
import { colourAxes, drawColourShift } from '../../src/data/colour.js';
import { heldInput } from '../../src/data/held-input.js';
import type { InputSpec } from '../../src/data/input-spec.js';
import type { AugmentationOf } from '../../src/data/preprocessing.js';
import { resample } from '../../src/data/resample.js';
import { drawScale, drawWindow } from '../../src/data/rescale-crop.js';
import { rescaled, whole } from '../../src/data/view.js';
import { countedImages } from './images.js';
import { distance, fixture, fixtureImages } from './preprocessing-fixture.js';

const SHAPE: Shape = [3, 12, 12];
const images = countedImages(30, SHAPE);
const statistics = { ...channelStatistics(images), colour: colourAxes(images) };

/** One of each kind, all fit for inputs of 8x8 pixels. */
const examples: { readonly [Kind in Augmentation['kind']]: AugmentationOf<Kind> } = {
  'rescale-crop': { kind: 'rescale-crop', smallest: 8, largest: 14 },
  'pad-crop': { kind: 'pad-crop', pad: 2, mode: 'reflect' },
  flip: { kind: 'flip' },
  affine: { kind: 'affine', translate: 2, scale: 0.2, squeeze: 0.2, shear: 0.3 },
  'pca-colour': { kind: 'pca-colour', deviation: 0.1 },
};
const all = Object.values(examples);

function inputOf(
  augmentation: readonly Augmentation[],
  changes: Partial<InputSpec> = {},
  set: ImageSet = images,
) {
  const isCropped = augmentation.some(({ kind }) => kind === 'rescale-crop');
  const input: Shape = changes.input ?? (isCropped ? [set.shape[0], 8, 8] : set.shape);
  const spec: InputSpec = {
    input,
    normalisation: { kind: 'mean-deviation' },
    statistics,
    augmentation,
    seed: 0,
    ...changes,
  };
  const write = heldInput(set, spec);
  return (i: number, epoch: number): Float32Array => {
    const out = new Float32Array(elements(input));
    write(i, epoch, out);
    return out;
  };
}

describe('every augmentation', () => {
  it.each(Object.entries(examples))('%s is a pure function of seed, epoch and index', (_, augmentation) => {
    const place = fc.record({ seed: fc.maxSafeNat(), epoch: fc.nat(), i: fc.nat({ max: 29 }) });
    fc.assert(
      fc.property(place, ({ seed, epoch, i }) => {
        const [once, again] = [inputOf([augmentation], { seed }), inputOf([augmentation], { seed })];
        again((i + 1) % 30, epoch + 1);
        expect(again(i, epoch)).toEqual(once(i, epoch));
        expect(once(i, epoch).every(Number.isFinite)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it.each(Object.entries(examples))('%s changes with the epoch and with the seed', (_, augmentation) => {
    const seen = (seed: number, epoch: number): string =>
      [0, 1, 2, 3, 4, 5, 6, 7].map(i => inputOf([augmentation], { seed })(i, epoch).join()).join();
    expect(new Set([seen(0, 0), seen(0, 1), seen(1, 0)]).size).toBe(3);
  });

  it.each(Object.entries(examples))(
    '%s does the same to an image whether the others are there or not',
    (kind, own) => {
      const still: readonly Augmentation[] = [
        { kind: 'pad-crop', pad: 0, mode: 'zero' },
        { kind: 'affine', translate: 0, scale: 0, squeeze: 0, shear: 0 },
        { kind: 'pca-colour', deviation: 0 },
      ];
      const others = still.filter(other => other.kind !== kind);
      const together = kind === 'rescale-crop' ? [own, ...others] : [...others, own];
      for (let i = 0; i < 20; i++)
        expect(distance(inputOf(together)(i, 3), inputOf([own])(i, 3))).toBeLessThan(1e-5);
    },
  );
});

describe('rescale-crop', () => {
  const sides = fc.record({
    height: fc.integer({ min: 1, max: 40 }),
    width: fc.integer({ min: 1, max: 40 }),
  });

  it('cuts its window out inside the image, whatever its shape and scale', () => {
    const range = fc.tuple(fc.integer({ min: 8, max: 60 }), fc.integer({ min: 0, max: 30 }));
    fc.assert(
      fc.property(sides, range, fc.nat(), (image, [smallest, more], index) => {
        const augmentation = { kind: 'rescale-crop', smallest, largest: smallest + more } as const;
        const random = stream(0, 'augment', 'rescale-crop', 0, index);
        const side = drawScale(augmentation, random);
        expect(side).toBeGreaterThanOrEqual(smallest);
        expect(side).toBeLessThanOrEqual(smallest + more);
        const size = rescaled(image, side);
        expect(Math.min(size.height, size.width)).toBe(side);
        const window = drawWindow(size, [3, 8, 7], random);
        expect([window.height, window.width]).toEqual([8, 7]);
        expect(Math.min(window.top, window.left)).toBeGreaterThanOrEqual(0);
        expect(window.top + 8).toBeLessThanOrEqual(size.height);
        expect(window.left + 7).toBeLessThanOrEqual(size.width);
      }),
    );
  });

  it('draws every scale and every place equally often', () => {
    const trials = 20_000;
    const scales = new Map<number, number>();
    const tops = new Map<number, number>();
    for (let index = 0; index < trials; index++) {
      const random = stream(0, 'augment', 'rescale-crop', 1, index);
      const side = drawScale({ kind: 'rescale-crop', smallest: 256, largest: 275 }, random);
      scales.set(side, (scales.get(side) ?? 0) + 1);
      const { top } = drawWindow({ height: 27, width: 40 }, [3, 8, 8], random);
      tops.set(top, (tops.get(top) ?? 0) + 1);
    }
    for (const counts of [scales, tops]) {
      expect(counts.size).toBe(20);
      const expected = trials / 20;
      const chiSquare = [...counts.values()].reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
      // The 99.99 % point with 19 degrees of freedom.
      expect(chiSquare).toBeLessThan(50.8);
    }
  });

  it.each(fixture.resampled)('scales to $size as Pillow does', ({ size: [height, width], values }) => {
    const [, h, w] = fixture.shape;
    const image = { height: h, width: w };
    const plane = fixtureImages.pixels(0).subarray(0, h * w);
    const found = resample(plane, image, whole(image), { height, width });
    expect(distance(found, values.flat())).toBeLessThan(1e-3);
  });

  it('computes a window as it computes the whole', () => {
    const small = fc.integer({ min: 1, max: 12 });
    const windows = fc.record({
      image: sides,
      height: small,
      width: small,
      part: fc.tuple(fc.nat(), fc.nat(), fc.nat(), fc.nat()),
    });
    fc.assert(
      fc.property(windows, ({ image, height, width, part: [a, b, c, d] }) => {
        const plane = Float32Array.from({ length: image.height * image.width }, (_, i) => (i * 37) % 101);
        const [top, left] = [a % height, b % width];
        const window = { top, left, height: 1 + (c % (height - top)), width: 1 + (d % (width - left)) };
        const full = resample(plane, image, whole(image), { height, width });
        const found = resample(plane, image, whole(image), { height, width }, window);
        const expected = Array.from({ length: window.height * window.width }, (_, at) => {
          const [y, x] = [Math.floor(at / window.width), at % window.width];
          return full[(top + y) * width + left + x] as number;
        });
        expect([...found]).toEqual(expected);
      }),
    );
  });
});

describe('affine', () => {
  it('maps as SciPy does', () => {
    const [, height, width] = fixture.shape;
    const values = Float32Array.from(fixtureImages.pixels(0).subarray(0, height * width));
    const found = warped({ shape: [1, height, width], values }, fixture.warped.map);
    expect(distance(found.values, fixture.warped.values.flat())).toBeLessThan(1e-3);
  });

  it('stays between the darkest and the lightest pixel of the image', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat({ max: 29 }), (epoch, i) => {
        const before = inputOf([])(i, 0);
        const after = inputOf([examples.affine])(i, epoch);
        const [low, high] = [Math.min(...before), Math.max(...before)];
        expect(after.every(x => x >= low - 1e-4 && x <= high + 1e-4)).toBe(true);
      }),
    );
  });

  it('undoes squeeze, scale, shear and shift, each uniform between its bounds', () => {
    const distortion = examples.affine;
    const maps = Array.from({ length: 4000 }, (_, i) =>
      drawDistortion(distortion, stream(0, 'augment', 'affine', 0, i)),
    );
    const found = maps.map(({ xx, xy, x0, yy, y0 }) => {
      const shear = -xy / xx;
      const dy = -y0 / yy;
      return {
        scale: Math.log(1 / Math.sqrt(xx * yy)) / Math.log(1.2),
        squeeze: Math.log(Math.sqrt(yy / xx)) / Math.log(1.2),
        shear: shear / 0.3,
        dy: dy / 2,
        dx: (shear * dy - x0 / xx) / 2,
      };
    });
    for (const key of ['scale', 'squeeze', 'shear', 'dx', 'dy'] as const) {
      const values = found.map(one => one[key]).sort((a, b) => a - b);
      // Kolmogorov and Smirnov's distance from the uniform distribution over [-1, 1], at 99.99 %.
      const gaps = values.map((x, i) => Math.abs((x + 1) / 2 - (i + 0.5) / values.length));
      expect(Math.max(...gaps)).toBeLessThan(2.23 / Math.sqrt(values.length));
    }
  });
});

describe('pca-colour', () => {
  it('finds the axes that NumPy finds', () => {
    const { values, vectors } = colourAxes(fixtureImages);
    expect(distance(values, fixture.colour.values)).toBeLessThan(1e-9);
    for (const [i, expected] of fixture.colour.vectors.entries()) {
      const along = expected.reduce((sum, x, c) => sum + x * (vectors[i]?.[c] as number), 0);
      expect(Math.abs(along)).toBeCloseTo(1, 8);
    }
  });

  it('shifts by the eigenvalues times the paper’s draws: mean 0, and their covariance', () => {
    const axes = colourAxes(fixtureImages);
    const shifts = Array.from({ length: 20_000 }, (_, index) =>
      drawColourShift(axes, 0.1, { seed: 0, epoch: 0, index }),
    );
    const mean = (f: (shift: readonly number[]) => number): number =>
      shifts.reduce((sum, shift) => sum + f(shift), 0) / shifts.length;
    const expected = (a: number, b: number): number =>
      axes.values.reduce(
        (sum, value, i) =>
          sum +
          (255 * 0.1 * value) ** 2 * (axes.vectors[i]?.[a] as number) * (axes.vectors[i]?.[b] as number),
        0,
      );
    const scale = Math.max(...[0, 1, 2].map(c => expected(c, c)));
    for (const a of [0, 1, 2]) {
      expect(Math.abs(mean(shift => shift[a] as number))).toBeLessThan(5 * Math.sqrt(scale / shifts.length));
      for (const b of [0, 1, 2]) {
        const found = mean(shift => (shift[a] as number) * (shift[b] as number));
        expect(Math.abs(found - expected(a, b))).toBeLessThan(0.06 * scale);
      }
    }
  });

  it.each(['mean', 'mean-deviation'] as const)(
    'shifts inputs under `%s` as if the pixels had been shifted',
    kind => {
      const normalisation = { kind } as const;
      const augmentation = examples['pca-colour'];
      const before = inputOf([], { normalisation })(4, 2);
      const after = inputOf([augmentation], { normalisation })(4, 2);
      const shift = drawColourShift(statistics.colour, 0.1, { seed: 0, epoch: 2, index: 4 });
      const expected = before.map((x, at) => {
        const c = Math.floor(at / 144);
        const scale = kind === 'mean' ? 1 : 1 / (statistics.deviation[c] as number);
        return x + (shift[c] as number) * scale;
      });
      expect(distance(after, expected)).toBeLessThan(1e-4);
    },
  );
});

describe('what cannot be', () => {
  const refused: readonly [string, readonly Augmentation[], RegExp][] = [
    ['a scale below the input', [{ kind: 'rescale-crop', smallest: 7, largest: 9 }], /at least 8/],
    ['scales that fall', [{ kind: 'rescale-crop', smallest: 9, largest: 8 }], /smallest <= largest/],
    ['half a pixel', [{ kind: 'rescale-crop', smallest: 8.5, largest: 9 }], /whole numbers/],
    ['a crop after others', [examples.flip, examples['rescale-crop']], /before all others/],
    ['a negative shear', [{ ...examples.affine, shear: -1 }], /shear -1/],
    ['no deviation', [{ kind: 'pca-colour' } as unknown as Augmentation], /deviation undefined/],
    [
      'another mode',
      [{ kind: 'pad-crop', pad: 1, mode: 'wrap' } as unknown as Augmentation],
      /mode of pad-crop "wrap"/,
    ],
    ['an unknown kind', [{ kind: 'flop' } as unknown as Augmentation], /augmentation "flop".*"flip"/],
    ['the same twice', [...all, examples.affine], /affine is named twice/],
  ];

  it.each(refused)('refuses %s', (_, augmentations, message) => {
    const check = (): void => checkAugmentations(augmentations, [3, 8, 8], [3, 8, 8]);
    expect(check).toThrow(UsageError);
    expect(check).toThrow(message);
  });

  it('refuses images of another size unless they are cropped, and colours of one channel', () => {
    expect(() => checkAugmentations([], [3, 32, 32], [3, 28, 28])).toThrow(
      /cut it out with the augmentation rescale-crop/,
    );
    expect(() =>
      checkAugmentations([{ kind: 'rescale-crop', smallest: 28, largest: 28 }], [3, 32, 32], [3, 28, 28]),
    ).not.toThrow();
    expect(() => checkAugmentations([examples['pca-colour']], [1, 28, 28])).toThrow(/3 channels/);
    expect(() => checkAugmentations([], undefined, [1, 28, 28])).toThrow(/Photographs have 3 channels/);
  });

  it('refuses normalisations that are unknown, incomplete, or not for these images', () => {
    const check =
      (normalisation: object, augmentations: readonly Augmentation[] = [], shape?: Shape): (() => void) =>
      () =>
        checkNormalisation(normalisation as never, augmentations, shape);
    expect(check({ kind: 'zcca' }, [], SHAPE)).toThrow(/"zcca".*"zca"/);
    expect(check({ kind: 'zca', scale: 55 }, [], SHAPE)).toThrow(/bias undefined; give a number above 0/);
    expect(check({ kind: 'gcn', scale: 0 }, [], SHAPE)).toThrow(/scale 0/);
    expect(check({ kind: 'gcn', scale: 55 })).toThrow(/images of one size/);
    expect(check({ kind: 'gcn', scale: 55 }, [examples['pca-colour']], SHAPE)).toThrow(/pca-colour.*gcn/);
    expect(check({ kind: 'gcn', scale: 55 }, [examples.flip], SHAPE)).not.toThrow();
  });
});

describe('trainingBatches', () => {
  it('takes all augmentations together', () => {
    const { batchAt } = trainingBatches(images, {
      batchSize: 10,
      normalisation: { kind: 'mean' },
      statistics,
      augmentation: all,
      input: [3, 8, 8],
      seed: 1,
    });
    const batch = batchAt(0, 0);
    expect(batch.images).toHaveLength(10 * 3 * 8 * 8);
    expect(batch.images.every(Number.isFinite)).toBe(true);
  });
});
