import { type Size, type TestImages, testImages, type View } from '@strata/core/data';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cut, viewsBySize } from '../../src/training/view-batches.js';
import { countedImages } from '../data/images.js';
import { anyProtocol, CROP } from './arbitrary-protocol.js';

const statistics = { mean: [0, 0], deviation: [1, 1] };
const input = [2, CROP, CROP] as const;
const square = countedImages(5, [2, 9, 9]);
const images = testImages(square, { normalisation: { kind: 'mean' }, statistics });

/** Images of two sizes in turn. */
const mixed: TestImages = {
  ...images,
  sizeOf: async i => (i % 2 === 0 ? { height: 9, width: 9 } : { height: 8, width: 11 }),
};

describe('views by size', () => {
  it('holds every view of every image once, at the size the network sees', async () => {
    await fc.assert(
      fc.asyncProperty(anyProtocol, fc.integer({ min: 1, max: 7 }), async (protocol, batchSize) => {
        const weights = new Array<number>(mixed.count).fill(0);
        for (const { size, batches } of await viewsBySize(mixed, protocol, input)) {
          for await (const { inputs, views } of batches(batchSize)) {
            expect(views.length).toBeGreaterThan(0);
            expect(views.length).toBeLessThanOrEqual(batchSize);
            expect(inputs.length).toBe(views.length * 2 * size.height * size.width);
            for (const { image, view } of views) {
              expect(view.size).toEqual(size);
              weights[image] = (weights[image] ?? 0) + view.weight;
            }
          }
        }
        for (const weight of weights) expect(weight).toBeCloseTo(1, 9);
      }),
      { numRuns: 40 },
    );
  });

  it('has one batch size for all but the last batch, in the order of the images', async () => {
    const [only, ...others] = await viewsBySize(images, { kind: 'ten-crop' }, input);
    expect(others).toEqual([]);
    const counts: number[] = [];
    const order: number[] = [];
    for await (const { views } of only?.batches(8) ?? []) {
      counts.push(views.length);
      order.push(...views.map(({ image }) => image));
    }
    expect(counts).toEqual([8, 8, 8, 8, 8, 8, 2]);
    expect(order).toEqual(order.toSorted((a, b) => a - b));
  });
});

describe('a cut', () => {
  const size: Size = { height: 7, width: 8 };
  const image = Float32Array.from({ length: 2 * 7 * 8 }, (_, at) => at);
  const pixel = (c: number, y: number, x: number) => (c * 7 + y) * 8 + x;
  const view: View = {
    image: size,
    region: { top: 2, left: 3, height: 4, width: 5 },
    size: { height: 4, width: 5 },
    flip: false,
    weight: 1,
  };
  const shown = (view: View): Float32Array => {
    const out = new Float32Array(2 * view.size.height * view.size.width);
    cut(image, 2, view, out);
    return out;
  };

  it('holds the pixels of its region, mirrored where it says so', () => {
    for (const flip of [false, true]) {
      const out = shown({ ...view, flip });
      for (let c = 0; c < 2; c++)
        for (let y = 0; y < 4; y++)
          for (let x = 0; x < 5; x++)
            expect(out[(c * 4 + y) * 5 + x]).toBe(pixel(c, y + 2, flip ? 3 + 4 - x : 3 + x));
    }
  });

  it('is resampled where the network sees it at another size', () => {
    // Columns of the region rise evenly, and do so still at half the size.
    const out = shown({
      ...view,
      region: { top: 0, left: 0, height: 6, width: 8 },
      size: { height: 3, width: 4 },
    });
    expect(out).toHaveLength(2 * 3 * 4);
    const middle = out.subarray(4, 8);
    expect((middle[2] ?? 0) - (middle[1] ?? 0)).toBeCloseTo(2, 5);
  });
});
