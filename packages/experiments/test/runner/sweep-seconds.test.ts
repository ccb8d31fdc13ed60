import type { PlannedRun } from '@strata/experiments/plan';
import { sweepSeconds } from '@strata/experiments/runner';
import fc from 'fast-check';
import { expect, it } from 'vitest';

function planned(id: string, steps: number, parents: readonly string[] = []): PlannedRun {
  return { id, steps, run: { parents: parents.map(run => ({ run })) } } as unknown as PlannedRun;
}

const costOf = ({ steps }: PlannedRun): number => steps;

it('fills the slots, longest first, children after their parents', () => {
  const runs = [planned('a', 2), planned('b', 3), planned('c', 5)];
  expect(sweepSeconds(runs, costOf, 1)).toBe(10);
  expect(sweepSeconds(runs, costOf, 2)).toBe(5);
  expect(sweepSeconds([...runs, planned('d', 4, ['c'])], costOf, 9)).toBe(9);
  expect(sweepSeconds([planned('d', 4, ['done before'])], costOf, 2)).toBe(4);
  expect(sweepSeconds([], costOf, 2)).toBe(0);
});

it('lies between what is shared evenly and what is done one by one', () => {
  const lists = fc.array(fc.tuple(fc.integer({ min: 1, max: 50 }), fc.nat()), {
    minLength: 1,
    maxLength: 12,
  });
  fc.assert(
    fc.property(lists, fc.integer({ min: 1, max: 5 }), (list, slots) => {
      const runs = list.map(([steps, parent], i) =>
        planned(`${i}`, steps, parent % 3 === 0 && i > 0 ? [`${parent % i}`] : []),
      );
      const all = list.reduce((sum, [steps]) => sum + steps, 0);
      const seconds = sweepSeconds(runs, costOf, slots);
      expect(seconds).toBeLessThanOrEqual(all);
      expect(seconds).toBeGreaterThanOrEqual(all / slots);
      expect(seconds).toBeGreaterThanOrEqual(Math.max(...list.map(([steps]) => steps)));
    }),
  );
});
