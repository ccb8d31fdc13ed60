import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { structEnd } from '../../src/data/thrift-bounds.js';

const end = (...bytes: readonly number[]) => structEnd(Uint8Array.from(bytes), 0);

describe('structEnd', () => {
  it.each([
    ['nothing', [0]],
    ['a number of two bytes', [0x15, 0x80, 0x01, 0]],
    ['a truth, which takes no byte', [0x11, 0]],
    ['a field whose number is written out', [0x05, 0x20, 0x02, 0]],
    ['bytes', [0x18, 3, 1, 2, 3, 0]],
    ['a double', [0x17, 1, 2, 3, 4, 5, 6, 7, 8, 0]],
    ['a list of numbers', [0x19, 0x25, 1, 2, 0]],
    ['a list of truths, which take a byte each', [0x19, 0x21, 1, 2, 0]],
    ['a list whose length is written out', [0x19, 0xf3, 16, ...new Array(16).fill(9), 0]],
    ['a struct in a struct', [0x1c, 0x15, 2, 0, 0]],
  ])('follows %s', (_, bytes) => {
    expect(end(...bytes, 77)).toBe(bytes.length);
    for (let length = 0; length < bytes.length; length++)
      expect(() => end(...bytes.slice(0, length))).toThrow('ends early');
  });

  it.each([
    ['a list of two thousand million', [0x19, 0xf5, 0xff, 0xff, 0xff, 0xff, 0x07, 1], /ends early/],
    ['an endless number', [0x15, ...new Array(20).fill(0xff)], /endless number/],
    ['an unknown type', [0x1d, 0], /type 13/],
    ['structs in structs', new Array(100).fill(0x1c), /nested too deep/],
    ['lists in lists', [0x19, ...new Array(100).fill(0x19)], /nested too deep/],
  ])('refuses %s', (_, bytes, message) => {
    expect(() => end(...bytes)).toThrow(message);
  });

  it('ends inside any bytes, or throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), bytes => {
        try {
          expect(structEnd(bytes, 0)).toBeLessThanOrEqual(bytes.length);
        } catch (error) {
          expect(String(error)).toMatch(/metadata/);
        }
      }),
      { numRuns: 3000 },
    );
  });
});
