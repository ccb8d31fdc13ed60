import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mean, median, pairsNeeded, sampleDeviation, tInterval } from '../../src/statistics/index.js';

/** Two-sided 95 % points of Student's t by degrees of freedom, as printed: NIST/SEMATECH handbook, section 1.3.6.7.2. */
const published: readonly (readonly [freedom: number, t: number])[] = [
  [1, 12.706],
  [2, 4.303],
  [3, 3.182],
  [4, 2.776],
  [5, 2.571],
  [7, 2.365],
  [9, 2.262],
  [10, 2.228],
  [19, 2.093],
  [29, 2.045],
  [100, 1.984],
];

const finite = fc.double({ min: 0, max: 100, noNaN: true });

describe('mean, deviation and median', () => {
  it('agree with values worked out by hand', () => {
    expect(mean([2, 4, 4, 4, 5, 5, 7, 9])).toBe(5);
    expect(sampleDeviation([2, 4, 4, 4, 5, 5, 7, 9])).toBeCloseTo(Math.sqrt(32 / 7), 12);
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(median([7])).toBe(7);
  });

  it('make no number up', () => {
    expect(() => mean([])).toThrow(RangeError);
    expect(() => median([])).toThrow(RangeError);
    expect(() => sampleDeviation([1])).toThrow(RangeError);
    expect(() => tInterval([1])).toThrow(RangeError);
  });
});

describe('tInterval', () => {
  it.each(published)('uses the published quantile for %i degrees of freedom', (freedom, t) => {
    expect(tQuantile(0.975, freedom)).toBeCloseTo(t, 3);
  });

  // NIST/SEMATECH handbook, section 1.3.5.2 (ZARR13): n 195, mean 9.261460, deviation 0.022789, interval 9.258242 to 9.264679.
  it('reproduces the interval of a published data set from its summary', () => {
    const n = 195;
    const step = 0.022789 * Math.sqrt((n - 1) / n);
    // Half below, half above, one in the middle: with this step the sample deviation is the published one.
    const spread = step * Math.sqrt(n / (n - 1));
    const values = Array.from(
      { length: n },
      (_, i) => 9.26146 + (i === 0 ? 0 : i % 2 === 0 ? spread : -spread),
    );
    expect(sampleDeviation(values)).toBeCloseTo(0.022789, 6);
    const [low, high] = tInterval(values);
    expect(low).toBeCloseTo(9.258242, 5);
    expect(high).toBeCloseTo(9.264679, 5);
  });

  it('is centred on the mean, and moves and stretches with the values', () => {
    fc.assert(
      fc.property(fc.array(finite, { minLength: 2, maxLength: 12 }), finite, (values, shift) => {
        const [low, high] = tInterval(values);
        expect((low + high) / 2).toBeCloseTo(mean(values), 8);
        const moved = tInterval(values.map(value => 2 * value + shift));
        expect(moved[0]).toBeCloseTo(2 * low + shift, 6);
        expect(moved[1]).toBeCloseTo(2 * high + shift, 6);
      }),
    );
  });
});

describe('pairsNeeded', () => {
  it.each([
    [1, 6],
    [2, 7],
    [4, 8],
    [7, 9],
    [25, 10],
  ])('asks for the smallest n with 2 / 2^n at most 5 %% over %i claims: %i', (claims, pairs) => {
    expect(pairsNeeded(claims)).toBe(pairs);
    expect(2 / 2 ** pairs).toBeLessThanOrEqual(0.05 / claims);
    expect(2 / 2 ** (pairs - 1)).toBeGreaterThan(0.05 / claims);
  });
});
