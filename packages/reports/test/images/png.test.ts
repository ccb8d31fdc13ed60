import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { encodePng, filterSheet, rasterOf } from '../../src/images/index.js';

describe('encodePng', () => {
  it('is read back pixel by pixel', async () => {
    const raster = fc
      .record({
        width: fc.integer({ min: 1, max: 9 }),
        height: fc.integer({ min: 1, max: 9 }),
        channels: fc.constantFrom(1 as const, 3 as const, 4 as const),
      })
      .chain(size =>
        fc
          .uint8Array({
            minLength: size.width * size.height * size.channels,
            maxLength: size.width * size.height * size.channels,
          })
          .map(bytes => ({ ...size, bytes })),
      );
    await fc.assert(
      fc.asyncProperty(raster, async drawn => {
        const read = sharp(encodePng(drawn));
        const { data, info } = await (drawn.channels === 1 ? read.toColourspace('b-w') : read)
          .raw()
          .toBuffer({ resolveWithObject: true });
        expect([info.width, info.height, info.channels]).toEqual([drawn.width, drawn.height, drawn.channels]);
        expect([...data]).toEqual([...drawn.bytes]);
      }),
      { numRuns: 40 },
    );
  });
});

describe('rasterOf', () => {
  it('turns planes into pixels, and shows one channel in grey', () => {
    expect([...rasterOf([3, 1, 2], Uint8Array.of(1, 2, 3, 4, 5, 6)).bytes]).toEqual([1, 3, 5, 2, 4, 6]);
    expect(rasterOf([1, 1, 2], Uint8Array.of(7, 8))).toMatchObject({ channels: 1, width: 2, height: 1 });
  });
});

describe('filterSheet', () => {
  it('draws zero in the middle, the largest weight in full, and leaves gaps clear', () => {
    const sheet = filterSheet([2, 3, 1, 1], Float32Array.of(0, 2, -2, 1, Number.NaN, -1));
    expect(sheet).toMatchObject({ columns: 2, rows: 1, scale: 2 });
    expect([...sheet.raster.bytes]).toEqual([128, 255, 0, 255, 0, 0, 0, 0, 191, 128, 64, 255]);
  });

  it('draws the mean of other numbers of channels, and at most 64 filters', () => {
    const { raster, rows, columns } = filterSheet([80, 2, 1, 1], new Float32Array(160).fill(1));
    expect([rows, columns]).toEqual([4, 16]);
    expect([...raster.bytes.slice(0, 4)]).toEqual([255, 255, 255, 255]);
  });
});
