import { evaluate } from '@strata/core/training';
import { describe, expect, it } from 'vitest';

/** Says for each image the logits that stand in it. */
const echo = {
  logits: async (images: Float32Array) => images,
  dispose() {},
};

function batch(logits: readonly (readonly number[])[], labels: readonly number[]) {
  return { images: Float32Array.from(logits.flat()), labels: Int32Array.from(labels), count: labels.length };
}

describe('evaluate', () => {
  it('counts over batches of different sizes', async () => {
    const first = batch(
      [
        [3, 1, 2, 0, 0, 0],
        [0, 1, 2, 3, 4, 5],
      ],
      [0, 0],
    );
    const second = batch([[0, 9, 8, 7, 6, 5]], [2]);
    const { top1Error, top5Error, rank, predicted, count } = await evaluate(echo, [first, second]);
    expect(rank).toEqual([0, 5, 1]);
    expect(predicted).toEqual([0, 5, 1]);
    expect(count).toBe(3);
    expect(top1Error).toBeCloseTo(200 / 3);
    expect(top5Error).toBeCloseTo(100 / 3);
  });

  it('gives the mean cross-entropy, also of huge logits', async () => {
    const even = await evaluate(echo, [batch([[1, 1, 1, 1]], [2])]);
    expect(even.loss).toBeCloseTo(Math.log(4), 6);
    const huge = await evaluate(echo, [batch([[1000, 0]], [1])]);
    expect(huge.loss).toBeCloseTo(1000, 6);
  });

  it('breaks ties as argmax does, and counts NaN as wrong', async () => {
    expect((await evaluate(echo, [batch([[1, 1, 1]], [1])])).rank).toEqual([1]);
    const broken = await evaluate(echo, [batch([[Number.NaN, 1, 2]], [2])]);
    expect(broken.rank).toEqual([2]);
    expect(broken.loss).toBeNull();
  });
});
