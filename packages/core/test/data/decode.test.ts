import { crc32 } from 'node:zlib';
import { type DecodedPhoto, type DecodeOptions, decodePhoto } from '@strata/core/data';
import { UsageError } from '@strata/core/errors';
import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { jpeg, picture } from './photos.js';

function decode(bytes: Uint8Array, options: Partial<DecodeOptions> = {}): Promise<DecodedPhoto> {
  return decodePhoto(bytes, { what: 'the picture', ...options });
}

/** Red, green and blue at a place. */
function at({ pixels, height, width }: DecodedPhoto, x: number, y: number): number[] {
  return [0, 1, 2].map(c => pixels[(c * height + y) * width + x] as number);
}

function expectNear(found: readonly number[], expected: readonly number[], tolerance: number): void {
  found.forEach((level, c) => {
    expect(Math.abs(level - (expected[c] as number)), `${found} for ${expected}`).toBeLessThanOrEqual(
      tolerance,
    );
  });
}

describe('decodePhoto', () => {
  it.each([
    ['JPEG', picture(30, 20).jpeg({ quality: 100, chromaSubsampling: '4:4:4' }), 6],
    ['PNG', picture(30, 20).png(), 0],
    ['PNG with a palette', picture(30, 20).png({ palette: true }), 24],
    ['WebP', picture(30, 20).webp({ lossless: true }), 0],
  ])('reads planar RGB from %s', async (_, image, tolerance) => {
    const photo = await decode(await image.toBuffer());
    expect([photo.width, photo.height, photo.pixels.length]).toEqual([30, 20, 1800]);
    expectNear(at(photo, 0, 0), [0, 0, 40], tolerance);
    expectNear(at(photo, 29, 0), [255, 0, 40], tolerance);
    expectNear(at(photo, 0, 19), [0, 255, 40], tolerance);
  });

  it.each(['jpeg', 'png'] as const)('makes three equal channels of grayscale %s', async format => {
    const gray = await picture(30, 20).toColourspace('b-w').toFormat(format).toBuffer();
    expect((await sharp(gray).metadata()).channels).toBe(1);
    const { pixels } = await decode(gray);
    expect(pixels.subarray(600, 1200)).toEqual(pixels.subarray(0, 600));
    expect(pixels.subarray(1200)).toEqual(pixels.subarray(0, 600));
    expect(new Set(pixels).size).toBeGreaterThan(100);
  });

  it('converts CMYK', async () => {
    const red = sharp({ create: { width: 16, height: 16, channels: 3, background: '#c03028' } });
    const cmyk = await red.toColourspace('cmyk').jpeg({ quality: 100 }).toBuffer();
    expect((await sharp(cmyk).metadata()).space).toBe('cmyk');
    expectNear(at(await decode(cmyk), 8, 8), [0xc0, 0x30, 0x28], 24);
  });

  it.each([
    [1, [0, 0, 40]],
    [3, [255, 255, 40]],
    [6, [0, 255, 40]],
    [8, [255, 0, 40]],
  ])('turns an image upright that is stored with EXIF orientation %i', async (orientation, corner) => {
    const photo = await decode(await picture(30, 20).withMetadata({ orientation }).png().toBuffer());
    expect([photo.width, photo.height]).toEqual(orientation < 5 ? [30, 20] : [20, 30]);
    expectNear(at(photo, 0, 0), corner, 0);
  });

  it('lays what is transparent over black', async () => {
    const clear = sharp({
      create: { width: 4, height: 4, channels: 4, background: { r: 200, g: 100, b: 50, alpha: 0.5 } },
    });
    expectNear(at(await decode(await clear.png().toBuffer()), 2, 2), [100, 50, 25], 1);
  });

  it('reduces 16 bits to 8', async () => {
    const photo = await decode(await picture(30, 20).toColourspace('rgb16').png().toBuffer());
    expectNear(at(photo, 29, 19), [255, 255, 40], 1);
  });

  it.each([
    [60, 40, 10, [15, 10]],
    [40, 60, 10, [10, 15]],
    [60, 40, 80, [120, 80]],
    [333, 250, 64, [85, 64]],
  ])('scales %ix%i to a shorter side of %i', async (width, height, shorterSide, size) => {
    const photo = await decode(await jpeg(width, height), { shorterSide });
    expect([photo.width, photo.height]).toEqual(size);
    expectNear(at(photo, (size[0] as number) >> 1, (size[1] as number) >> 1), [127, 127, 40], 16);
  });

  it('scales what it has turned', async () => {
    const photo = await decode(await picture(60, 40).withMetadata({ orientation: 6 }).jpeg().toBuffer(), {
      shorterSide: 20,
    });
    expect([photo.width, photo.height]).toEqual([20, 30]);
  });

  it('refuses what is no image, and says what it is', async () => {
    for (const bytes of [
      new Uint8Array(),
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
      Buffer.from('GIF89a'),
    ]) {
      await expect(decode(bytes)).rejects.toThrow(UsageError);
      await expect(decode(bytes)).rejects.toThrow(/^the picture: .*expected a JPEG, PNG or WebP image/);
    }
  });

  it('refuses an image that would not fit into memory, by what its header says', async () => {
    const png = await picture(30, 20).png().toBuffer();
    png.writeUInt32BE(12_000, 16);
    png.writeUInt32BE(12_000, 20);
    png.writeUInt32BE(crc32(png.subarray(12, 29)), 29);
    await expect(decode(png)).rejects.toThrow(/the picture: the image is damaged \(.*pixel limit/);
  });

  // The last chunk of a PNG file, 12 bytes, holds nothing.
  it.each(['jpeg', 'png', 'webp'] as const)('refuses every beginning of a %s file', async format => {
    const whole = await picture(30, 20).toFormat(format).toBuffer();
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: whole.length - 13 }), async length => {
        await expect(decode(whole.subarray(0, length))).rejects.toThrow(UsageError);
      }),
    );
  });

  it.each(['jpeg', 'png', 'webp'] as const)('decodes a changed %s file, or refuses it', async format => {
    const whole = await picture(30, 20).toFormat(format).toBuffer();
    const change = fc.tuple(fc.nat({ max: whole.length - 1 }), fc.nat({ max: 255 }));
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async changes => {
        const bytes = Buffer.from(whole);
        for (const [place, value] of changes) bytes[place] = value;
        try {
          const { pixels, height, width } = await decode(bytes);
          expect(pixels.length).toBe(3 * height * width);
        } catch (error) {
          expect(error).toBeInstanceOf(UsageError);
        }
      }),
      { numRuns: 300 },
    );
  });
});
