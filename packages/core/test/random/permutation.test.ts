import { permutation, stream } from '@strata/core/random';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

describe('permutation', () => {
  it('holds every number once, and is the same for the same stream', () => {
    fc.assert(
      fc.property(fc.nat({ max: 300 }), fc.maxSafeNat(), fc.nat(), (n, seed, epoch) => {
        const order = permutation(n, stream(seed, 'shuffle', epoch));
        expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i));
        expect(permutation(n, stream(seed, 'shuffle', epoch))).toEqual(order);
      }),
    );
  });

  it('gives every order of four equally often', () => {
    const counts = new Map<string, number>();
    for (let epoch = 0; epoch < 12_000; epoch++) {
      const order = permutation(4, stream(0, 'shuffle', epoch)).join();
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(24);
    const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - 500) ** 2 / 500, 0);
    // The 99.99 % point of chi-square with 23 degrees of freedom.
    expect(chiSquare).toBeLessThan(56.3);
  });
});
