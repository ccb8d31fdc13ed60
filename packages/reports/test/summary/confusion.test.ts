import { describe, expect, it } from 'vitest';
import { commonestMistakes, confusionOf } from '../../src/summary/index.js';

describe('confusionOf', () => {
  const confusion = confusionOf(
    ['a', 'b', 'c'],
    [0, 0, 1, 2],
    [
      [0, 1, 1, 0],
      [1, 1, 2, 2],
    ],
  );

  it('counts every image of every network once', () => {
    expect(confusion).toMatchObject({
      n: 2,
      counts: [
        [1, 3, 0],
        [0, 1, 1],
        [1, 0, 1],
      ],
    });
  });

  it('lists the mistakes, the commonest first', () => {
    expect(commonestMistakes(confusion, 2)).toEqual([
      { actual: 'a', predicted: 'b', count: 3, percent: 75 },
      { actual: 'b', predicted: 'c', count: 1, percent: 50 },
    ]);
  });
});
