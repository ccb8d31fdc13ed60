import type { PlannedRun } from '@strata/experiments/plan';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { orderRuns } from '../../src/runner/order.js';

function planned(id: string, steps: number, parents: readonly string[] = []): PlannedRun {
  const run = { parents: parents.map(parent => ({ run: parent, layers: [] })) };
  return { id, steps, run } as unknown as PlannedRun;
}

const costOf = ({ steps }: PlannedRun): number => steps;
const names = (runs: readonly PlannedRun[]): string => runs.map(({ id }) => id).join('');

/** Any plan: each run may start from some of those before it. */
const plans = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 100 }), fc.array(fc.nat(), { maxLength: 2 })), { maxLength: 12 })
  .map(list =>
    list.map(([steps, parents], i) =>
      planned(`${i}`, steps, i === 0 ? [] : [...new Set(parents.map(parent => `${parent % i}`))]),
    ),
  );

describe('order of runs', () => {
  it('puts long ones first, and short ones on which long ones wait', () => {
    const runs = [planned('a', 1), planned('b', 5), planned('c', 9), planned('d', 10, ['a'])];
    expect(names(orderRuns(runs, costOf).runs)).toBe('adcb');
  });

  it('holds each run once, parents first', () => {
    fc.assert(
      fc.property(plans, runs => {
        const { runs: ordered, parentsOf } = orderRuns([...runs, ...runs], costOf);
        expect(ordered.map(({ id }) => id).toSorted()).toEqual(runs.map(({ id }) => id).toSorted());
        ordered.forEach((run, place) => {
          for (const parent of parentsOf(run)) expect(ordered.indexOf(parent)).toBeLessThan(place);
        });
      }),
    );
  });
});
