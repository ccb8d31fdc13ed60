import { describe, expect, it } from 'vitest';
import {
  bcaInterval,
  fisherTest,
  holm,
  inclusionTest,
  kendall,
  mcNemarTest,
  pageTest,
  pairedEffectSize,
  probabilityOfImprovement,
  quantile,
  signFlipTest,
  spearman,
  tInterval,
  twoWayTest,
} from '../../src/statistics/index.js';
import { holmReference, reference } from './reference.js';

/** SciPy computes the same in doubles: agreement to rounding. The t quantile used here is right to about 1e-9 of itself. */
const DIGITS = 9;
const QUANTILE_DIGITS = 7;

function expectInterval([low, high]: readonly number[], [ownLow, ownHigh]: readonly number[]): void {
  expect(ownLow).toBeCloseTo(low as number, QUANTILE_DIGITS);
  expect(ownHigh).toBeCloseTo(high as number, QUANTILE_DIGITS);
}

/** The cases that have a reference value of one kind. */
function having<K extends 't95' | 'inclusion' | 'effectSize' | 'wins'>(key: K) {
  return reference.paired.flatMap(({ differences, [key]: value }, i) =>
    value === undefined || value === null ? [] : [[i, differences, value] as const],
  );
}

describe('paired differences', () => {
  it.each(reference.paired.map((given, i) => [i, given] as const))('sign-flip test %i', (_, given) => {
    const { differences, signFlip } = given;
    expect(signFlipTest(differences)).toEqual({ p: expect.closeTo(signFlip, DIGITS), method: 'exact' });
  });

  it.each(having('t95'))('t interval %i', (_, differences, interval) => {
    expectInterval(interval, tInterval(differences));
  });

  it.each(having('inclusion'))('inclusion test %i', (_, differences, given) => {
    const own = inclusionTest(differences, given.bounds);
    expectInterval(given.interval, own.interval);
    expect(own.pInside).toBeCloseTo(given.pInside, DIGITS);
    expect(own.pOutside).toBeCloseTo(given.pOutside, DIGITS);
    const oneBound = inclusionTest(differences, [given.bounds[0], Number.POSITIVE_INFINITY]);
    expect(oneBound.pInside).toBeCloseTo(given.pInsideLow, DIGITS);
  });

  it.each(having('effectSize'))('effect size %i', (_, differences, effect) => {
    expect(pairedEffectSize(differences)).toBeCloseTo(effect, DIGITS);
  });

  it.each(having('wins'))('probability of improvement %i', (_, differences, given) => {
    const { probability, interval } = probabilityOfImprovement(differences);
    expect(probability).toBe(given.probability);
    expectInterval(given.interval, interval);
  });
});

describe("Page's test", () => {
  it.each(reference.page.map((given, i) => [i, given] as const))('counts out case %i', (_, given) => {
    const { statistic, p, method } = pageTest(given.blocks);
    expect(method).toBe('exact');
    expect(statistic).toBeCloseTo(given.statistic, DIGITS);
    expect(p).toBeCloseTo(given.p, DIGITS);
  });

  it.each(reference.pageApproximations.map((given, i) => [i, given] as const))(
    'approximates case %i',
    (_, given) => {
      const { statistic, p, method } = pageTest(given.blocks);
      expect(method).toBe('normal approximation');
      expect(statistic).toBeCloseTo(given.statistic, DIGITS);
      expect(p).toBeCloseTo(given.p, DIGITS);
    },
  );
});

// Both sides draw their own resamples: 200,000 in SciPy, 20,000 here. A twentieth of the width covers their noise.
describe.each(reference.bca.map((given, i) => [i, given] as const))('BCa interval %i', (_, given) => {
  it('agrees with SciPy within the noise of resampling', () => {
    const [low, high] = given.interval;
    const own = bcaInterval(given.values, 0.95, 20_000);
    expect(Math.abs(own[0] - low)).toBeLessThan(0.05 * (high - low));
    expect(Math.abs(own[1] - high)).toBeLessThan(0.05 * (high - low));
  });
});

it.each(reference.tables.map(given => [JSON.stringify(given.table), given] as const))(
  'counts %s',
  (_, given) => {
    const [[a, b]] = given.table;
    expect(fisherTest(given.table)).toBeCloseTo(given.fisher, DIGITS);
    expect(mcNemarTest(a, b)).toBeCloseTo(given.mcNemar, DIGITS);
  },
);

it.each(holmReference.cases.map((given, i) => [i, given] as const))("Holm's adjustment %i", (_, given) => {
  holm(given.p, given.family).forEach((p, i) => {
    expect(p).toBeCloseTo(given.adjusted[i] as number, DIGITS);
  });
});

it.each(reference.ranks.map((given, i) => [i, given] as const))('rank correlations %i', (_, given) => {
  expect(spearman(given.x, given.y)).toBeCloseTo(given.spearman, DIGITS);
  expect(kendall(given.x, given.y)).toBeCloseTo(given.kendall, DIGITS);
});

it.each(reference.twoWay.map((given, i) => [i, given] as const))(
  'two-way bootstrap %i: the formula is the variance over all resamples, the part of the networks enlarged',
  (_, { values, mean, bootstrapVariance }) => {
    const networks = values.length;
    const rowMeans = values.map(row => row.reduce((sum, x) => sum + x, 0) / row.length);
    const ofRows = rowMeans.reduce((sum, m) => sum + (m - mean) ** 2, 0) / networks;
    const enlarged = bootstrapVariance + ofRows / (networks - 1) - ofRows / networks;
    const own = twoWayTest(values);
    expect(own.mean).toBeCloseTo(mean, DIGITS);
    expect(own.standardError ** 2).toBeCloseTo(enlarged, DIGITS);
  },
);

it.each(reference.quantiles)('quantiles of $sorted', ({ sorted, shares, quantiles }) => {
  shares.forEach((share, i) => {
    expect(quantile(sorted, share)).toBeCloseTo(quantiles[i] as number, DIGITS);
  });
});
