import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splits } from '../../../src/runner/executors/measured-split.js';

describe('splits', () => {
  it('go from one run on all cores to one core a run, and never to more runs than there are', () => {
    expect(splits(2, 9)).toEqual([
      { processes: 1, threads: 2 },
      { processes: 2, threads: 1 },
    ]);
    expect(splits(6, 9).map(({ processes }) => processes)).toEqual([1, 2, 4, 6]);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 128 }), fc.integer({ min: 1, max: 200 }), (cores, runs) => {
        for (const { processes, threads } of splits(cores, runs)) {
          expect(processes * threads).toBeLessThanOrEqual(cores);
          expect(processes).toBeLessThanOrEqual(runs);
          expect(threads).toBeGreaterThan(0);
        }
      }),
    );
  });
});
