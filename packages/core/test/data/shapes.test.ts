import { type ImageSet, shapes } from '@strata/core/data';
import { UsageError } from '@strata/core/errors';
import { sha256 } from '@strata/core/hash';
import { elements } from '@strata/core/network';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { outlines } from '../../src/data/shapes-outlines.js';
import { nearestOutlineError } from './nearest-outline.js';
import { linearError } from './softmax-classifier.js';

function hashOf(images: ImageSet, count: number): string {
  const all = Array.from({ length: count }, (_, i) => [...images.pixels(i)]).flat();
  return sha256(Uint8Array.from(all));
}

describe('shapes', () => {
  it('paints the same pixels as ever: a change here needs another generator version', () => {
    const { train, test, checksum } = shapes();
    expect({ train: hashOf(train, 40), test: hashOf(test, 40), checksum }).toMatchInlineSnapshot(`
      {
        "checksum": "2ed7f72447cf8bf085aade3bbfba84550fac162baf447b9796841761769ea560",
        "test": "3b9ac534ec4aa9ec19be43a5e7fd0ae3eea65e4068efd96f7ee289091fc430c7",
        "train": "ed8185838599de9ca46a0569f9726f695f7646accecad0bbf8f46be010c4196a",
      }
    `);
  });

  it('gives every image by its place alone, in any order and set size', () => {
    const small = shapes({ train: 30, test: 10 });
    const large = shapes({ train: 300, test: 10 });
    const backwards = Array.from({ length: 30 }, (_, i) => large.train.pixels(29 - i)).toReversed();
    backwards.forEach((pixels, i) => {
      expect(small.train.pixels(i)).toEqual(pixels);
    });
    expect(small.checksum).not.toBe(large.checksum);
  });

  it('never gives an image twice, nor one image to both halves', () => {
    const { train, test } = shapes({ train: 500, test: 500 });
    const all = [train, test].flatMap(half => Array.from({ length: 500 }, (_, i) => sha256(half.pixels(i))));
    expect(new Set(all).size).toBe(1000);
  });

  it('has as many images of every class', () => {
    const { train, classes } = shapes({ train: 1000, test: 10 });
    const counts = classes.map((_, c) => train.labels.filter(label => label === c).length);
    expect(counts).toEqual(new Array(10).fill(100));
  });

  it('takes any size of at least eight pixels', () => {
    const side = fc.integer({ min: 8, max: 70 });
    fc.assert(
      fc.property(side, side, fc.nat({ max: 99 }), (height, width, i) => {
        const { train } = shapes({ shape: [3, height, width], train: 100 });
        const pixels = train.pixels(i);
        expect(pixels).toHaveLength(elements([3, height, width]));
        expect(new Set(pixels).size).toBeGreaterThan(3);
      }),
      { numRuns: 30 },
    );
  });

  it('paints the same scenes in gray, as hard to tell apart', () => {
    const { train, test, checksum } = shapes({ shape: [1, 32, 32], train: 2000, test: 500 });
    expect(train.pixels(3)).toHaveLength(1024);
    expect(checksum).not.toBe(shapes({ train: 2000, test: 500 }).checksum);
    expect(linearError(train, test, 10, 5)).toBeGreaterThan(75);
    // Noise is drawn anew for every plane, so that the first one differs by the colours of what was painted alone.
    const coloured = shapes({ train: 2000, test: 500 }).train.pixels(3).subarray(0, 1024);
    const close = train.pixels(3).filter((level, i) => Math.abs(level - (coloured[i] as number)) <= 1).length;
    expect(close).toBeGreaterThan(500);
  });

  it.each([
    [{ shape: [2, 32, 32] as const }, /2x32x32/],
    [{ shape: [3, 7, 32] as const }, /at least 8/],
    [{ shape: [3, 32.5, 32] as const }, /whole numbers/],
    [{ train: 0 }, /0 train images/],
    [{ test: 1.5 }, /1.5 test images/],
  ])('refuses %j', (options, message) => {
    expect(() => shapes(options)).toThrow(UsageError);
    expect(() => shapes(options)).toThrow(message);
  });

  it('has no image beyond its count', () => {
    expect(() => shapes({ train: 10 }).train.pixels(10)).toThrow(RangeError);
  });

  it('is beyond a linear classifier, and within reach of one that sees shape wherever it stands', () => {
    const { train, test } = shapes({ train: 2000, test: 500 });
    expect(linearError(train, test, 10, 5)).toBeGreaterThan(75);
    expect(nearestOutlineError(train, test)).toBeLessThan(50);
  });
});

describe('outlines', () => {
  it.each(Object.entries(outlines))(
    '%s lies inside the unit circle, and covers a fair part of it',
    (_, outline) => {
      let inside = 0;
      for (let y = -1.2; y <= 1.2; y += 0.02) {
        for (let x = -1.2; x <= 1.2; x += 0.02) {
          if (outline(x, y) >= 0) continue;
          inside += 0.02 * 0.02;
          expect(Math.hypot(x, y)).toBeLessThan(1.001);
        }
      }
      expect(inside).toBeGreaterThan(0.6);
    },
  );

  it.each(Object.entries(outlines))(
    '%s has an edge one pixel wide: its distance has slope one there',
    (_, outline) => {
      const step = 1e-4;
      const slopes: number[] = [];
      for (let angle = 0.13; angle < 6.28; angle += 0.21) {
        for (let r = 0.05; r < 1.1; r += 0.01) {
          const [x, y] = [r * Math.cos(angle), r * Math.sin(angle)];
          if (Math.abs(outline(x, y)) > 0.01) continue;
          slopes.push(
            Math.hypot(
              outline(x + step, y) - outline(x - step, y),
              outline(x, y + step) - outline(x, y - step),
            ) /
              (2 * step),
          );
        }
      }
      const close = slopes.filter(slope => Math.abs(slope - 1) < 0.02).length;
      expect(close / slopes.length).toBeGreaterThan(0.9);
    },
  );
});
