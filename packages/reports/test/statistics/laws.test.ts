import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  arrivalOf,
  bcaInterval,
  detectableEffect,
  differencesOfDifferences,
  fisherTest,
  holm,
  inclusionTest,
  kendall,
  logRatiosToTarget,
  mcNemarTest,
  mean,
  midranks,
  pageTest,
  pairedDifferences,
  pairedEffectSize,
  pairsNeeded,
  probabilityOfImprovement,
  type Race,
  rankAgreement,
  signFlipTest,
  spearman,
  twoWayTest,
} from '../../src/statistics/index.js';
import { reference } from './reference.js';

/** Multiples of 0.05, as errors on 2,000 images are: with ties and zeros. */
const difference = fc.integer({ min: -200, max: 200 }).map(k => k / 20);
const differences = fc.array(difference, { minLength: 2, maxLength: 10 });
const shuffled = <T>(values: readonly T[]) => fc.shuffledSubarray([...values], { minLength: values.length });
const isProbability = (p: number): boolean => p >= 0 && p <= 1;

describe('sign-flip test', () => {
  it('does not see the order of the pairs, nor which side comes first', () => {
    fc.assert(
      fc.property(
        differences.chain(values => fc.tuple(fc.constant(values), shuffled(values))),
        ([values, others]) => {
          const { p } = signFlipTest(values);
          expect(signFlipTest(others).p).toBeCloseTo(p, 12);
          expect(signFlipTest(values.map(d => -d)).p).toBeCloseTo(p, 12);
          expect(signFlipTest(values.map(d => 3 * d)).p).toBeCloseTo(p, 12);
          expect(isProbability(p) && p >= 2 / 2 ** values.length).toBe(true);
        },
      ),
    );
  });

  it('is surer the further all differences lie on one side', () => {
    fc.assert(
      fc.property(differences, fc.integer({ min: 0, max: 100 }), (values, k) => {
        const away = values.map(d => d + (mean(values) >= 0 ? k : -k) / 20);
        expect(signFlipTest(away).p).toBeLessThanOrEqual(signFlipTest(values).p + 1e-12);
      }),
    );
  });

  it('draws patterns beyond twenty pairs, says so, and comes close to the exact p', () => {
    const values = Array.from({ length: 21 }, (_, i) => Math.sin(7 * i) + 0.3);
    const { p, method } = signFlipTest(values);
    // 100,000 patterns: a standard error of at most 0.0016.
    expect(method).toBe('Monte Carlo');
    expect(Math.abs(p - exactByHalves(values))).toBeLessThan(0.006);
    expect(signFlipTest(values)).toEqual({ p, method });
    expect(signFlipTest(Array.from({ length: 40 }, () => 1)).p).toBeCloseTo(1 / 100_000, 12);
  });
});

/** Meet in the middle: sums of the one half beside sorted sums of the other. */
function exactByHalves(values: readonly number[]): number {
  const sumsOf = (part: readonly number[]) =>
    part.reduce((sums, d) => sums.flatMap(s => [s + d, s - d]), [0]);
  const half = values.length >> 1;
  const second = sumsOf(values.slice(half)).sort((a, b) => a - b);
  const seen = Math.abs(values.reduce((sum, d) => sum + d, 0)) - 1e-9;
  const countBelow = (limit: number): number => {
    let [low, high] = [0, second.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((second[middle] as number) < limit) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  let inside = 0;
  for (const first of sumsOf(values.slice(0, half)))
    inside += countBelow(seen - first) - countBelow(-seen - first);
  return 1 - inside / 2 ** values.length;
}

describe("Page's test", () => {
  const blocks = fc
    .tuple(fc.integer({ min: 2, max: 5 }), fc.integer({ min: 1, max: 6 }))
    .chain(([k, n]) =>
      fc.array(fc.array(difference, { minLength: k, maxLength: k }), { minLength: n, maxLength: n }),
    );

  it('does not see the order of the blocks, nor a block’s level; turned round it points the other way', () => {
    fc.assert(
      fc.property(
        blocks.chain(rows => fc.tuple(fc.constant(rows), shuffled(rows))),
        ([rows, others]) => {
          const { p, statistic, rises } = pageTest(rows);
          expect(isProbability(p)).toBe(true);
          expect(pageTest(others).p).toBeCloseTo(p, 10);
          expect(pageTest(rows.map((row, i) => row.map(x => x + i))).statistic).toBeCloseTo(statistic, 10);
          const turned = pageTest(rows.map(row => row.toReversed()));
          expect(turned.p).toBeCloseTo(p, 10);
          if (p < 1) expect(turned.rises).toBe(!rises);
        },
      ),
    );
  });

  it('is the sign test on the order of two', () => {
    // Seven of eight blocks rise: twice 9 / 256.
    const rows = Array.from({ length: 8 }, (_, i) => (i === 0 ? [1, 0] : [0, 1]));
    expect(pageTest(rows).p).toBeCloseTo(18 / 256, 12);
  });
});

describe('inclusion test', () => {
  it('says inside at 5 % exactly where the 90 % interval lies inside', () => {
    fc.assert(
      fc.property(differences, fc.double({ min: 0.1, max: 5, noNaN: true }), (values, margin) => {
        const { interval, pInside, pOutside } = inclusionTest(values, [-margin, margin]);
        expect(isProbability(pInside) && isProbability(pOutside)).toBe(true);
        const isInside = interval[0] > -margin && interval[1] < margin;
        const isNearEdge = interval.some(end => Math.abs(Math.abs(end) - margin) < 1e-9);
        if (!isNearEdge) expect(pInside <= 0.05).toBe(isInside);
        expect(Math.min(pInside, pOutside)).toBeLessThanOrEqual(1);
        expect(pInside <= 0.05 && pOutside <= 0.05).toBe(false);
      }),
    );
  });

  it('is surer with a wider margin, and does not see which side comes first', () => {
    fc.assert(
      fc.property(differences, fc.double({ min: 0.1, max: 5, noNaN: true }), (values, margin) => {
        const narrow = inclusionTest(values, [-margin, margin]);
        const wide = inclusionTest(values, [-margin - 1, margin + 1]);
        expect(wide.pInside).toBeLessThanOrEqual(narrow.pInside + 1e-12);
        expect(wide.pOutside).toBeGreaterThanOrEqual(narrow.pOutside - 1e-12);
        const turned = inclusionTest(
          values.map(d => -d),
          [-margin, margin],
        );
        expect(turned.pInside).toBeCloseTo(narrow.pInside, 10);
        expect(turned.pOutside).toBeCloseTo(narrow.pOutside, 10);
      }),
    );
  });
});

describe('BCa interval', () => {
  it('holds the mean, moves and stretches with the values, and says the same twice', () => {
    fc.assert(
      fc.property(differences, values => {
        const [low, high] = bcaInterval(values, 0.95, 400);
        expect(low).toBeLessThanOrEqual(high);
        expect(bcaInterval(values, 0.95, 400)).toEqual([low, high]);
        const moved = bcaInterval(
          values.map(d => 2 * d + 5),
          0.95,
          400,
        );
        expect(moved[0]).toBeCloseTo(2 * low + 5, 8);
        expect(moved[1]).toBeCloseTo(2 * high + 5, 8);
      }),
      { numRuns: 50 },
    );
  });

  it('has no width where all values are the same', () => {
    expect(bcaInterval([2, 2, 2])).toEqual([2, 2]);
  });
});

describe('exact tests of counts', () => {
  const cell = fc.integer({ min: 0, max: 15 });

  it('do not see rows or columns changed about', () => {
    fc.assert(
      fc.property(cell, cell, cell, cell, (a, b, c, d) => {
        const p = fisherTest([
          [a, b],
          [c, d],
        ]);
        expect(isProbability(p)).toBe(true);
        for (const [x, y, z, w] of [
          [c, d, a, b],
          [b, a, d, c],
          [a, c, b, d],
        ] as const) {
          expect(
            fisherTest([
              [x, y],
              [z, w],
            ]),
          ).toBeCloseTo(p, 10);
        }
        expect(mcNemarTest(a, b)).toBeCloseTo(mcNemarTest(b, a), 12);
        expect(isProbability(mcNemarTest(a, b))).toBe(true);
      }),
    );
  });
});

describe('Holm', () => {
  it('keeps the order, never lowers, and lies between one test and Bonferroni', () => {
    const ps = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(ps, fc.integer({ min: 0, max: 5 }), (values, more) => {
        const family = values.length + more;
        const adjusted = holm(values, family);
        adjusted.forEach((p, i) => {
          const own = values[i] as number;
          expect(p >= own && p <= Math.min(1, family * own) && isProbability(p)).toBe(true);
          adjusted.forEach((q, j) => {
            if (own < (values[j] as number)) expect(p).toBeLessThanOrEqual(q);
          });
        });
      }),
    );
  });
});

describe('paired differences', () => {
  const bySeed = fc
    .uniqueArray(fc.tuple(fc.nat(12), difference), { selector: ([seed]) => seed })
    .map(x => new Map(x));

  it('are over the seeds that both sides have', () => {
    fc.assert(
      fc.property(bySeed, bySeed, (a, b) => {
        const { seeds, differences } = pairedDifferences(a, b);
        expect(seeds).toEqual([...a.keys()].filter(seed => b.has(seed)).sort((x, y) => x - y));
        seeds.forEach((seed, i) => {
          expect(differences[i]).toBe((a.get(seed) ?? 0) - (b.get(seed) ?? 0));
        });
        expect(differencesOfDifferences(a, b, a, b).differences.every(d => d === 0)).toBe(true);
      }),
    );
  });

  it('have an effect size and a probability of improvement that turn with the sides', () => {
    fc.assert(
      fc.property(differences, values => {
        const turned = values.map(d => -d);
        const effect = pairedEffectSize(values);
        if (effect === null) expect(pairedEffectSize(turned)).toBeNull();
        else expect(pairedEffectSize(turned)).toBeCloseTo(-effect, 10);
        const { probability, interval } = probabilityOfImprovement(values);
        expect(probabilityOfImprovement(turned).probability).toBeCloseTo(1 - probability, 12);
        expect(interval[0] >= 0 && interval[1] <= 1).toBe(true);
        expect(interval[0] <= probability + 1e-12 && probability <= interval[1] + 1e-12).toBe(true);
      }),
    );
  });
});

describe('rank correlations', () => {
  const pairs = fc.array(fc.tuple(difference, difference), { minLength: 2, maxLength: 8 });

  it('lie in [-1, 1], see ranks alone, and turn with a side', () => {
    fc.assert(
      fc.property(pairs, values => {
        const x = values.map(([a]) => a);
        const y = values.map(([, b]) => b);
        for (const correlation of [spearman, kendall]) {
          const r = correlation(x, y);
          if (r === null) continue;
          expect(Math.abs(r)).toBeLessThanOrEqual(1 + 1e-12);
          expect(
            correlation(
              x.map(a => a ** 3),
              midranks(y),
            ),
          ).toBeCloseTo(r, 10);
          expect(
            correlation(
              x.map(a => -a),
              y,
            ),
          ).toBeCloseTo(-r, 10);
        }
      }),
    );
  });

  it('are 1 for the paper’s own order, with an interval over the seeds', () => {
    const paper = [29.6, 28.7, 28.1, 27, 27.3];
    const seeds = Array.from({ length: 6 }, (_, s) => paper.map((x, v) => x + 0.01 * Math.sin(s + v)));
    expect(rankAgreement(paper, seeds, spearman)).toEqual({ value: 1, interval: [1, 1], n: 5 });
    const noisy = Array.from({ length: 6 }, (_, s) => paper.map((x, v) => x + 2 * Math.sin(9 * s + 5 * v)));
    const { value, interval } = rankAgreement(paper, noisy, kendall);
    expect(interval?.[0]).toBeLessThanOrEqual(value ?? 0);
    expect(interval?.[1]).toBeGreaterThanOrEqual(value ?? 0);
    expect(rankAgreement(paper, [], kendall)).toEqual({ value: null, interval: null, n: 5 });
  });
});

describe('time to a target', () => {
  const raceOf = fc.tuple(fc.array(difference, { minLength: 1, maxLength: 12 }), fc.nat(4)).map(
    ([values, missing]): Race => ({
      values: new Map(values.map((value, i) => [i + 1, value])),
      horizon: values.length + missing,
    }),
  );

  it('is the first epoch at the target, or the horizon', () => {
    const race = {
      values: new Map([
        [1, 60],
        [2, 24],
        [3, 30],
        [4, 20],
      ]),
      horizon: 4,
    };
    expect(arrivalOf(race, 25)).toEqual({ epoch: 2, censored: false });
    expect(arrivalOf(race, 10)).toEqual({ epoch: 4, censored: true });
    expect(arrivalOf({ ...race, horizon: 9 }, 10)).toEqual({ epoch: 9, censored: true });
  });

  it('changes sign where the sides of a pair are exchanged, censored or not: the null symmetry that the test needs', () => {
    fc.assert(
      fc.property(raceOf, raceOf, difference, (a, b, target) => {
        const forth = logRatiosToTarget(new Map([[0, a]]), new Map([[0, b]]), target);
        const back = logRatiosToTarget(new Map([[0, b]]), new Map([[0, a]]), target);
        expect(forth.differences[0]).toBeCloseTo(-(back.differences[0] ?? 0), 12);
        expect(forth.censored).toBe(back.censored);
      }),
    );
  });

  it('never shows a larger ratio for having stopped early', () => {
    const long = fc.array(difference, { minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(long, long, difference, fc.integer({ min: 1, max: 12 }), (a, b, target, horizon) => {
        // Both arrive at last, so that the whole ratio is known.
        const whole = (values: readonly number[]): Race => ({
          values: new Map([...values, target].map((value, i) => [i + 1, value])),
          horizon: 13,
        });
        const cut = (race: Race): Race => ({ ...race, horizon });
        const ratio = (x: Race, y: Race): number =>
          logRatiosToTarget(new Map([[0, x]]), new Map([[0, y]]), target).differences[0] as number;
        const full = ratio(whole(a), whole(b));
        const seen = ratio(cut(whole(a)), cut(whole(b)));
        expect(Math.abs(seen)).toBeLessThanOrEqual(Math.abs(full) + 1e-12);
        expect(seen === 0 || Math.sign(seen) === Math.sign(full)).toBe(true);
      }),
    );
  });
});

describe('two-way test', () => {
  it('turns with the sides, and does not see the order of networks or images', () => {
    const rows = fc
      .tuple(fc.integer({ min: 2, max: 5 }), fc.integer({ min: 1, max: 8 }))
      .chain(([r, c]) =>
        fc.array(fc.array(difference, { minLength: c, maxLength: c }), { minLength: r, maxLength: r }),
      );
    fc.assert(
      fc.property(rows, values => {
        const { mean, p, standardError } = twoWayTest(values);
        if (standardError === 0) return;
        expect(isProbability(p)).toBe(true);
        const turned = twoWayTest(values.toReversed().map(row => row.toReversed().map(x => -x)));
        expect(turned.mean).toBeCloseTo(-mean, 10);
        expect(turned.p).toBeCloseTo(p, 10);
      }),
    );
  });

  it('refuses networks that were tested on different images, and a single network', () => {
    expect(() => twoWayTest([[1, 2], [1]])).toThrow(/different images/);
    expect(() => twoWayTest([[1, 2]])).toThrow(RangeError);
  });
});

describe('smallest detectable difference', () => {
  // Two simulations, of 2,000 and of 8,000 experiments: the 80 % point has a standard error of about 0.02.
  it.each(reference.power)(
    'is where $pairs pairs at $level have a power of 80 %',
    ({ pairs, level, effect }) => {
      expect(Math.abs((detectableEffect(pairs, level) as number) - effect)).toBeLessThan(0.1);
    },
  );

  it('falls with the pairs, rises with the strictness, and is none where no outcome could be significant', () => {
    expect(detectableEffect(pairsNeeded(7) - 1, 0.05 / 7)).toBeNull();
    const at10 = detectableEffect(10, 0.05) as number;
    expect(detectableEffect(8, 0.05)).toBeGreaterThan(at10);
    expect(detectableEffect(30, 0.05)).toBeLessThan(at10);
    expect(detectableEffect(10, 0.05 / 7)).toBeGreaterThan(at10);
  });
});
