import { threefry, type Words } from '@strata/core/random';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const word = fc.nat({ max: 0xffffffff });

describe('threefry', () => {
  /** Known answers of the authors' Random123 library, `threefry2x32 20` in its `kat_vectors`. */
  const knownAnswers: { key: Words; counter: Words; answer: Words }[] = [
    { counter: [0, 0], key: [0, 0], answer: [0x6b200159, 0x99ba4efe] },
    {
      counter: [0xffffffff, 0xffffffff],
      key: [0xffffffff, 0xffffffff],
      answer: [0x1cb996fc, 0xbb002be7],
    },
    {
      counter: [0x243f6a88, 0x85a308d3],
      key: [0x13198a2e, 0x03707344],
      answer: [0xc4923a9c, 0x483df7a0],
    },
  ];

  it.each(knownAnswers)(
    'gives the published words for key $key and counter $counter',
    ({ key, counter, answer }) => {
      expect(threefry(key, counter)).toEqual(answer);
    },
  );

  it('gives whole 32-bit words, and others for a neighbouring counter', () => {
    fc.assert(
      fc.property(word, word, word, word, (key0, key1, low, high) => {
        const words = threefry([key0, key1], [low, high]);
        expect(words.every(w => Number.isInteger(w) && w >= 0 && w < 2 ** 32)).toBe(true);
        expect(threefry([key0, key1], [low ^ 1, high])).not.toEqual(words);
      }),
    );
  });

  it('changes about half of the bits when one bit of key or counter changes', () => {
    const bits = (x: number): number => x.toString(2).replaceAll('0', '').length;
    let changed = 0;
    for (let i = 0; i < 32; i++) {
      const [a, b] = threefry([7, 9], [1000, 0]);
      const [c, d] = threefry([7, 9], [(1000 ^ (1 << i)) >>> 0, 0]);
      const [e, f] = threefry([(7 ^ (1 << i)) >>> 0, 9], [1000, 0]);
      changed += bits((a ^ c) >>> 0) + bits((b ^ d) >>> 0) + bits((a ^ e) >>> 0) + bits((b ^ f) >>> 0);
    }
    // 4,096 bits: a deviation of 32 for a fair coin; five of them.
    expect(Math.abs(changed - 2048)).toBeLessThan(160);
  });
});
