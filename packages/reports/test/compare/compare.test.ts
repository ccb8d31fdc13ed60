import { describe, expect, it } from 'vitest';
import { compareStores, comparisonText, type StoredRun } from '../../src/compare/index.js';
import { syntheticResults } from '../synthetic.js';

/** Runs of made-up results as a store would give them. */
function stored(change: (run: StoredRun) => StoredRun = run => run): readonly StoredRun[] {
  return syntheticResults({ seeds: 2 }).variants.flatMap(({ name, runs }) =>
    runs.map(({ id, run, state, environment, seed, test, trainLoss, weightsSha256 }) =>
      change({
        id,
        run,
        state,
        top1Error: test?.top1Error ?? null,
        names: [`small-depth quick ${name}, seed ${seed}`],
        result: environment && {
          state: 'done',
          steps: 10,
          resumedFromStep: 0,
          seconds: 3,
          imagesPerSecond: 4,
          trainLoss: trainLoss ?? 0,
          weightsSha256: weightsSha256 ?? '',
          finished: '',
          environment,
        },
      }),
    ),
  );
}

describe('compareStores', () => {
  it('finds no difference between a store and itself', () => {
    const { pairs, onlyInA, onlyInB } = compareStores(stored(), stored());
    expect(pairs).toHaveLength(12);
    expect([onlyInA, onlyInB]).toEqual([[], []]);
    for (const pair of pairs) {
      expect(pair).toMatchObject({ pairedBy: 'id', configuration: [], environment: [], sameWeights: true });
      expect(pair.numbers.map(({ difference }) => difference)).toEqual([0, 0, 0]);
    }
  });

  it('pairs by place in a table what has another id, and says what differs', () => {
    const changed = stored(run => ({
      ...run,
      id: `b${run.id}`,
      run: { ...run.run, recipe: { ...run.run.recipe, epochs: 99 } },
      top1Error: (run.top1Error ?? 0) + 1.5,
      result: run.result && { ...run.result, weightsSha256: 'other' },
    }));
    const comparison = compareStores(stored(), changed.slice(1));
    expect(comparison.pairs).toHaveLength(11);
    expect(comparison.onlyInA).toHaveLength(1);
    const [pair] = comparison.pairs;
    expect(pair).toMatchObject({
      pairedBy: 'name',
      configuration: [{ name: 'recipe.epochs', a: 10, b: 99 }],
      sameWeights: false,
    });
    expect(pair?.numbers[0]?.difference).toBeCloseTo(1.5);
    const text = comparisonText(comparison);
    expect(text).toContain('recipe.epochs: 10 -> 99 (11 of 11)');
    expect(text).toContain('Only in A');
    expect(text).toContain('(+1.50)');
  });

  it('keeps what is missing missing, and control characters from the terminal', () => {
    const open = stored(run => ({
      ...run,
      state: 'running',
      top1Error: null,
      result: null,
      names: ['a\u001b[31m'],
    }));
    const [first] = open;
    const comparison = compareStores(stored().slice(0, 1), first ? [first] : []);
    expect(comparison.pairs[0]).toMatchObject({ sameWeights: null, states: ['done', 'running'] });
    expect(comparison.pairs[0]?.numbers[0]).toMatchObject({ b: null, difference: null });
    expect(comparisonText(compareStores(open, open))).not.toContain('\u001b');
  });
});
