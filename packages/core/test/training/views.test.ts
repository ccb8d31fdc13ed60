import type { View } from '@strata/core/data';
import { merged, namedProtocols, type Protocol, viewCount, viewsOf } from '@strata/core/training';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyProtocol, CROP, imageSize } from './arbitrary-protocol.js';

const square = (side: number) => ({ height: side, width: side });
const crop = square(224);
const places = (views: readonly View[]) => views.map(({ region, flip }) => [region.top, region.left, flip]);
const total = (views: readonly View[]) => views.reduce((sum, { weight }) => sum + weight, 0);

describe('ten-crop', () => {
  it('takes corners and middle of 256x256, and their mirror images (AlexNet, section 4.1)', () => {
    const views = viewsOf({ kind: 'ten-crop' }, square(256), crop);
    const unflipped = [
      [0, 0],
      [0, 32],
      [32, 0],
      [32, 32],
      [16, 16],
    ];
    expect(places(views)).toEqual([
      ...unflipped.map(place => [...place, false]),
      ...unflipped.map(place => [...place, true]),
    ]);
    for (const { size, region, weight } of views) {
      expect(size).toEqual(crop);
      expect(region).toMatchObject(crop);
      expect(weight).toBeCloseTo(1 / 10, 12);
    }
  });

  it('rescales the shorter side and keeps to the central square (AlexNet, section 2)', () => {
    const views = viewsOf({ kind: 'ten-crop', scales: [256] }, { height: 375, width: 500 }, crop);
    expect(views[0]?.image).toEqual({ height: 256, width: 341 });
    const [left, right] = [42, 42 + 32];
    expect(places(views.slice(0, 5)).map(place => place[1])).toEqual([left, right, left, right, left + 16]);
  });
});

describe('the counts of the papers', () => {
  it('VGG: 5x5 crops, flipped, at 3 scales are 150 (section 4.3)', () => {
    const protocol = { ...namedProtocols['multi-crop'], scales: [256, 384, 512] };
    const views = viewsOf(protocol, square(300), crop);
    expect(views).toHaveLength(150);
    expect(new Set(places(views.slice(0, 25)).map(([top]) => top))).toEqual(new Set([0, 8, 16, 24, 32]));
    expect(viewCount(protocol)).toBe(150);
  });

  it('GoogLeNet: 4 scales x 3 squares x 6 crops x 2 are 144 (section 7)', () => {
    const protocol = { kind: 'square-crop', scales: [256, 288, 320, 352] } as const;
    const views = viewsOf(protocol, { height: 480, width: 640 }, crop);
    expect(views).toHaveLength(144);
    expect(merged(views)).toHaveLength(144);
    const wholeSquares = views.filter(({ region, flip }) => !flip && region.height === 256);
    expect(wholeSquares.map(({ region }) => region.left)).toEqual([0, 42, 85]);
    for (const { size } of views) expect(size).toEqual(crop);
    const tall = viewsOf(protocol, { height: 640, width: 480 }, crop);
    const sorted = (offsets: readonly number[]) => offsets.toSorted((a, b) => a - b);
    expect(sorted(tall.map(({ region }) => region.top))).toEqual(
      sorted(views.map(({ region }) => region.left)),
    );
  });

  it('on a square image the three squares are one, which needs a third of the passes', () => {
    const views = viewsOf({ kind: 'square-crop', scales: [256] }, square(100), crop);
    expect(views).toHaveLength(36);
    expect(merged(views)).toHaveLength(12);
  });

  it('VGG: dense at 3 scales, flipped, sees the whole image 6 times', () => {
    const views = viewsOf({ kind: 'dense', flip: true, scales: [256, 384, 512] }, square(300), crop);
    expect(views.map(({ size, flip }) => [size.height, flip])).toEqual(
      [256, 384, 512].flatMap(side => [
        [side, false],
        [side, true],
      ]),
    );
  });
});

describe('the views of every protocol', () => {
  it('lie in the image, are as many as said, and weigh one together', () => {
    fc.assert(
      fc.property(anyProtocol, imageSize, (protocol, image) => {
        const views = viewsOf(protocol, image, square(CROP));
        expect(views).toHaveLength(viewCount(protocol));
        expect(total(views)).toBeCloseTo(1, 9);
        for (const { image, region } of views) {
          expect(Math.min(region.top, region.left)).toBeGreaterThanOrEqual(0);
          expect(region.top + region.height).toBeLessThanOrEqual(image.height);
          expect(region.left + region.width).toBeLessThanOrEqual(image.width);
        }
      }),
    );
  });

  it('are merged where they coincide, without a change of weight', () => {
    fc.assert(
      fc.property(anyProtocol, imageSize, (protocol, image) => {
        const views = viewsOf(protocol, image, square(CROP));
        const once = merged(views);
        expect(total(once)).toBeCloseTo(1, 9);
        expect(merged(once)).toEqual(once);
        const twice = [...views, ...views].map(view => ({ ...view, weight: view.weight / 2 }));
        expect(merged(twice).map(({ region }) => region)).toEqual(once.map(({ region }) => region));
      }),
    );
  });
});

describe('a combined protocol', () => {
  it('gives its parts equal weight, however many views they have', () => {
    const views = viewsOf(namedProtocols['multi-crop+dense'], square(256), crop);
    expect(views).toHaveLength(52);
    expect(total(views.slice(0, 50))).toBeCloseTo(1 / 2, 12);
  });
});

describe('images that do not suit', () => {
  it.each<[Protocol, RegExp]>([
    [{ kind: 'whole-image' }, /takes 224x224 pixels and an image has 200x300; test it on a crop/],
    [{ kind: 'centre-crop' }, /A crop of 224x224 does not fit 200x300 pixels.*rescale it to at least 224/],
    [{ kind: 'ten-crop', scales: [223] }, /does not fit 223x223/],
    [{ kind: 'square-crop' }, /does not fit 200x200/],
    [{ kind: 'combined', parts: [{ kind: 'ten-crop' }] }, /does not fit/],
  ])('%j', (protocol, message) => {
    expect(() => viewsOf(protocol, { height: 200, width: 300 }, crop)).toThrow(message);
  });
});
