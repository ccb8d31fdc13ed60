import { dropoutMask, normalArray, stream, streamKey, uniformArray } from '@strata/core/random';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const LENGTH = 100_000;
const key = streamKey(0, 'init', 'fill');

function moment(values: Float32Array, power: number): number {
  return values.reduce((sum, x) => sum + x ** power, 0) / values.length;
}

// Bounds below are five standard errors of the moment, over 100,000 draws.
describe('uniformArray', () => {
  it('has the moments of the uniform distribution', () => {
    const values = uniformArray(LENGTH, key, 0, 1);
    expect(Math.abs(moment(values, 1) - 1 / 2)).toBeLessThan(0.0046);
    expect(Math.abs(moment(values, 2) - 1 / 3)).toBeLessThan(0.0048);
    expect(Math.abs(moment(values, 3) - 1 / 4)).toBeLessThan(0.0045);
  });

  it('stays between its bounds', () => {
    const values = uniformArray(LENGTH, key, -3, 5);
    expect(Math.min(...values)).toBeGreaterThanOrEqual(-3);
    expect(Math.max(...values)).toBeLessThanOrEqual(5);
  });

  it('holds the draws of the stream with the same key', () => {
    const random = stream(0, 'init', 'fill');
    const drawn = Float32Array.from({ length: 101 }, (_, i) => random.uniform(i));
    expect(uniformArray(101, key, 0, 1)).toEqual(drawn);
  });
});

describe('normalArray', () => {
  it('has the moments of the normal distribution', () => {
    const values = normalArray(LENGTH, key, 1);
    expect(Math.abs(moment(values, 1))).toBeLessThan(0.0159);
    expect(Math.abs(moment(values, 2) - 1)).toBeLessThan(0.0224);
    expect(Math.abs(moment(values, 3))).toBeLessThan(0.0613);
    expect(Math.abs(moment(values, 4) - 3)).toBeLessThan(0.155);
  });

  it('has tails: 0.27 % lie beyond three deviations', () => {
    const beyond = normalArray(LENGTH, key, 2).filter(x => Math.abs(x) > 6).length;
    expect(Math.abs(beyond - 270)).toBeLessThan(82);
  });

  it('scales with the deviation, and is never infinite', () => {
    fc.assert(
      fc.property(fc.nat(), fc.double({ min: 1e-6, max: 1e6, noNaN: true }), (seed, deviation) => {
        const own = streamKey(seed, 'init');
        const unit = normalArray(9, own, 1);
        normalArray(9, own, deviation).forEach((x, i) => {
          expect(Number.isFinite(x)).toBe(true);
          expect(Math.abs(x - deviation * (unit[i] as number))).toBeLessThanOrEqual(1e-6 * deviation * 7);
        });
      }),
    );
  });
});

describe('dropoutMask', () => {
  it.each([0.1, 0.3, 0.5, 0.9])('drops a share of %f and scales what it keeps', rate => {
    const mask = dropoutMask(LENGTH, key, rate);
    const kept = Math.fround(1 / (1 - rate));
    expect([...new Set(mask)].sort()).toEqual([0, kept]);
    const dropped = mask.filter(x => x === 0).length / LENGTH;
    expect(Math.abs(dropped - rate)).toBeLessThan(5 * Math.sqrt((rate * (1 - rate)) / LENGTH));
  });

  it('keeps everything at rate 0', () => {
    expect(dropoutMask(33, key, 0)).toEqual(new Float32Array(33).fill(1));
  });

  it('drops more of the same places at a higher rate', () => {
    const low = dropoutMask(1000, key, 0.3);
    const high = dropoutMask(1000, key, 0.6);
    expect(low.every((x, i) => x !== 0 || high[i] === 0)).toBe(true);
  });
});

describe.each([
  ['uniformArray', (length: number) => uniformArray(length, key, 0, 1)],
  ['normalArray', (length: number) => normalArray(length, key, 1)],
  ['dropoutMask', (length: number) => dropoutMask(length, key, 0.5)],
] as const)('%s', (_, fill) => {
  it('fills any length, odd ones too; a shorter one is the beginning of a longer one', () => {
    const longest = fill(40);
    for (let length = 0; length <= 40; length++) expect(fill(length)).toEqual(longest.subarray(0, length));
  });
});
