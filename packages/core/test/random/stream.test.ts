import { type Purpose, stream, streamKey } from '@strata/core/random';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const purposes: Purpose[] = ['init', 'shuffle', 'augment', 'dropout', 'subset', 'shapes'];

function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (x: readonly number[]): number => x.reduce((sum, v) => sum + v, 0) / x.length;
  const centre = (x: readonly number[]): number[] => x.map(v => v - mean(x));
  const dot = (x: readonly number[], y: readonly number[]): number =>
    x.reduce((sum, v, i) => sum + v * (y[i] as number), 0);
  const [ca, cb] = [centre(a), centre(b)];
  return dot(ca, cb) / Math.sqrt(dot(ca, ca) * dot(cb, cb));
}

describe('stream', () => {
  it('gives different, uncorrelated numbers for every purpose', () => {
    const draws = purposes.map(purpose =>
      Array.from({ length: 2000 }, (_, i) => stream(0, purpose).uniform(i)),
    );
    for (const [i, a] of draws.entries()) {
      for (const b of draws.slice(i + 1)) {
        expect(a.filter((x, k) => x === b[k])).toHaveLength(0);
        // The deviation is 1 / sqrt(2000) = 0.022; five of them.
        expect(Math.abs(correlation(a, b))).toBeLessThan(0.112);
      }
    }
  });

  it('depends on every part of the path, its order, and the kind of each part', () => {
    const keys = [
      streamKey(0, 'augment'),
      streamKey(0, 'augment', 1),
      streamKey(0, 'augment', 1, 2),
      streamKey(0, 'augment', 2, 1),
      streamKey(0, 'augment', '1', 2),
      streamKey(0, 'augment', 1, 2, 'flip'),
      streamKey(1, 'augment', 1, 2),
    ];
    expect(new Set(keys.map(key => key.join())).size).toBe(keys.length);
  });

  it('tells seeds and indices above 2^32 from their low words', () => {
    const seeds = [0, 1, 2 ** 32, 2 ** 32 + 1, 2 ** 40, Number.MAX_SAFE_INTEGER];
    expect(new Set(seeds.map(seed => streamKey(seed, 'init').join())).size).toBe(seeds.length);
    expect(new Set(seeds.map(index => streamKey(0, 'init', index).join())).size).toBe(seeds.length);
    const random = stream(0, 'init');
    expect(random.word(2 ** 33 + 4)).not.toBe(random.word(4));
  });

  it('gives the same number for the same place in any order of asking', () => {
    fc.assert(
      fc.property(
        fc.maxSafeNat(),
        fc.constantFrom(...purposes),
        fc.array(fc.nat(), { minLength: 1 }),
        (seed, purpose, places) => {
          const once = stream(seed, purpose, 3);
          const forwards = places.map(i => once.word(i));
          const backwards = places.toReversed().map(i => stream(seed, purpose, 3).word(i));
          expect(backwards.toReversed()).toEqual(forwards);
        },
      ),
    );
  });

  it('stays inside its bounds', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 2 ** 31 }), fc.nat(), (seed, bound, i) => {
        const random = stream(seed, 'shuffle');
        const below = random.below(bound, i);
        expect(Number.isInteger(below) && below >= 0 && below < bound).toBe(true);
        expect(random.uniform(i)).toBeGreaterThanOrEqual(0);
        expect(random.uniform(i)).toBeLessThan(1);
      }),
    );
  });

  it('draws every number below a bound equally often', () => {
    const random = stream(0, 'shuffle', 'bound');
    const counts = new Array<number>(10).fill(0);
    for (let i = 0; i < 20_000; i++) {
      const drawn = random.below(10, i);
      counts[drawn] = (counts[drawn] as number) + 1;
    }
    const chiSquare = counts.reduce((sum, count) => sum + (count - 2000) ** 2 / 2000, 0);
    // The 99.99 % point of chi-square with nine degrees of freedom.
    expect(chiSquare).toBeLessThan(33.72);
  });
});
