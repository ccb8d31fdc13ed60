import { posteriors } from '@strata/core/training';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

/** What is said of images that are seen in one view by one network. */
function judged(logits: readonly (readonly number[])[], labels: readonly number[]) {
  const said = posteriors(logits.length, logits[0]?.length ?? 0);
  logits.forEach((values, i) => {
    said.add(i, Float32Array.from(values), 1);
  });
  return said.judge(labels, 1);
}

const softmax = (logits: readonly number[]): readonly number[] => {
  const largest = Math.max(...logits);
  const powers = logits.map(logit => Math.exp(logit - largest));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map(power => power / sum);
};

const CLASSES = 6;
/** Not nearer to one another than a network's rounding. */
const logit = fc.integer({ min: -(2 ** 24), max: 2 ** 24 }).map(n => n / 2 ** 20);
const logitsOf = fc.array(logit, { minLength: CLASSES, maxLength: CLASSES });

describe('one view', () => {
  it('counts errors', () => {
    const { top1Error, top5Error, rank, predicted, count } = judged(
      [
        [3, 1, 2, 0, 0, 0],
        [0, 1, 2, 3, 4, 5],
        [0, 9, 8, 7, 6, 5],
      ],
      [0, 0, 2],
    );
    expect(rank).toEqual([0, 5, 1]);
    expect(predicted).toEqual([0, 5, 1]);
    expect(count).toBe(3);
    expect(top1Error).toBeCloseTo(200 / 3);
    expect(top5Error).toBeCloseTo(100 / 3);
  });

  it('gives the mean cross-entropy, also of huge logits', () => {
    expect(judged([[1, 1, 1, 1]], [2]).loss).toBeCloseTo(Math.log(4), 6);
    expect(judged([[1000, 0]], [1]).loss).toBeCloseTo(1000, 6);
    expect(judged([[1000, 3, 0, 2]], [3]).rank).toEqual([2]);
  });

  it('breaks ties as argmax does, and counts NaN as wrong', () => {
    expect(judged([[1, 1, 1]], [1]).rank).toEqual([1]);
    const broken = judged([[Number.NaN, 1, 2]], [2]);
    expect(broken.rank).toEqual([2]);
    expect(broken.loss).toBeNull();
  });

  it('has the order of its logits', () => {
    fc.assert(
      fc.property(logitsOf, fc.nat(CLASSES - 1), (logits, label) => {
        const own = logits[label] ?? 0;
        const before = logits.filter((logit, c) => logit > own || (logit === own && c < label));
        expect(judged([logits], [label]).rank).toEqual([before.length]);
      }),
    );
  });
});

describe('the mean over views and networks', () => {
  const seen = fc.array(fc.tuple(logitsOf, fc.double({ min: 0.05, max: 1, noNaN: true })), {
    minLength: 1,
    maxLength: 8,
  });

  it('is that of the softmax outputs by weight', () => {
    fc.assert(
      fc.property(seen, fc.nat(CLASSES - 1), fc.integer({ min: 1, max: 4 }), (views, label, networks) => {
        const total = views.reduce((sum, [, weight]) => sum + weight, 0);
        const said = posteriors(1, CLASSES);
        for (let network = 0; network < networks; network++) {
          for (const [logits, weight] of views) said.add(0, Float32Array.from(logits), weight / total);
        }
        const mean = views.reduce(
          (sum, [logits, weight]) => sum + (weight / total) * (softmax(logits)[label] ?? 0),
          0,
        );
        expect(said.judge([label], networks).loss).toBeCloseTo(-Math.log(mean), 5);
      }),
    );
  });

  it('does not depend on the order of the views', () => {
    fc.assert(
      fc.property(seen, fc.nat(CLASSES - 1), (views, label) => {
        const lossOf = (order: typeof views): number => {
          const said = posteriors(1, CLASSES);
          for (const [logits, weight] of order) said.add(0, Float32Array.from(logits), weight);
          return said.judge([label], 1).loss ?? Number.NaN;
        };
        expect(lossOf(views.toReversed())).toBeCloseTo(lossOf(views), 9);
      }),
    );
  });

  it('keeps the order of classes far behind', () => {
    const said = posteriors(1, 4);
    for (let view = 0; view < 2; view++) said.add(0, Float32Array.of(2000, 0, 900, 500), 0.5);
    expect(said.judge([1], 1).rank).toEqual([3]);
    expect(said.judge([3], 1).rank).toEqual([2]);
  });
});
