import { type PhotoSet, rescaled, testImages } from '@strata/core/data';
import { describe, expect, it } from 'vitest';
import { countedImages } from './images.js';
import { jpeg, picture } from './photos.js';

const levels = {
  normalisation: { kind: 'mean' },
  statistics: { mean: [0, 0, 0], deviation: [1, 1, 1] },
} as const;

describe('images of one size', () => {
  const set = countedImages(3, [3, 6, 8]);
  const images = testImages(set, levels);

  it('are as they are at their own size', async () => {
    expect(await images.sizeOf(2)).toEqual({ height: 6, width: 8 });
    expect([...(await images.input(2, { height: 6, width: 8 }))]).toEqual([...set.pixels(2)]);
  });

  it('are normalised after they are resampled, to whole levels', async () => {
    const size = { height: 9, width: 12 };
    const plain = await images.input(1, size);
    expect(plain.length).toBe(3 * 9 * 12);
    expect(plain.every(Number.isInteger)).toBe(true);
    const shifted = testImages(set, { ...levels, statistics: { mean: [1, 2, 3], deviation: [1, 1, 1] } });
    const plane = 9 * 12;
    const means = plain.map((level, at) => level - 1 - Math.floor(at / plane));
    expect(await shifted.input(1, size)).toEqual(means);
  });
});

describe('photographs', () => {
  const files = [
    jpeg(40, 30),
    jpeg(30, 40),
    picture(40, 30).jpeg().withMetadata({ orientation: 6 }).toBuffer(),
  ];
  const photos: PhotoSet = {
    count: files.length,
    labels: Uint16Array.of(0, 1, 2),
    encoded: i => files[i] ?? Promise.reject(new RangeError(`no image ${i}`)),
    describe: i => `photo ${i}`,
  };
  const images = testImages(photos, levels);

  it('have the size they are decoded to, turned as they say', async () => {
    const sizes = await Promise.all([0, 1, 2].map(i => images.sizeOf(i)));
    expect(sizes).toEqual([
      { height: 30, width: 40 },
      { height: 40, width: 30 },
      { height: 40, width: 30 },
    ]);
  });

  it.each([16, 23, 30, 51])('keep their picture when the shorter side becomes %i', async side => {
    const size = rescaled(await images.sizeOf(0), side);
    const input = await images.input(0, size);
    expect(input.length).toBe(3 * size.height * size.width);
    // Red rises to the right from 0 to 255.
    const middle = Math.floor(size.height / 2) * size.width;
    for (let x = 0; x < size.width; x++) {
      const expected = Math.min(255, Math.max(0, (((x + 0.5) * 40) / size.width - 0.5) * (255 / 39)));
      expect(Math.abs((input[middle + x] ?? 0) - expected)).toBeLessThan(12);
    }
  });

  it('that are none are named', async () => {
    const broken = testImages({ ...photos, encoded: async () => Uint8Array.of(1, 2, 3) }, levels);
    await expect(broken.sizeOf(1)).rejects.toThrow(/photo 1: 3 bytes of something else, expected a JPEG/);
  });
});
