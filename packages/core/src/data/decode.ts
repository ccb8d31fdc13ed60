import sharp, { type Sharp } from 'sharp';
import { messageOf, UsageError } from '../errors/index.js';
import type { DecodedPhoto } from './photo-set.js';

// Each run has its share of the cores, and no image is decoded twice in a row: sharp's own threads and cache would only get in the way.
sharp.concurrency(1);
sharp.cache(false);

/** Pixels of the largest image that is decoded: several times those of the largest photograph in ImageNet. */
const MOST_PIXELS = 2 ** 26;

export interface DecodeOptions {
  /** What the bytes are, for messages: a path, or a row of a table. */
  readonly what: string;
  /** Length that the shorter side is scaled to, in pixels, the other one in proportion (Lanczos). As it is when left out. */
  readonly shorterSide?: number;
}

/**
 * The pixels of a JPEG, PNG or WebP image: turned upright as its EXIF says, in sRGB whatever its colour space was (grayscale
 * gives three equal channels), what is transparent laid over black.
 * @throws UsageError for bytes that are not such an image, or a damaged one.
 */
export async function decodePhoto(
  bytes: Uint8Array,
  { what, shorterSide }: DecodeOptions,
): Promise<DecodedPhoto> {
  if (!isPhoto(bytes)) {
    const found = bytes.length === 0 ? 'it is empty' : `${bytes.length} bytes of something else`;
    throw new UsageError(`${what}: ${found}, expected a JPEG, PNG or WebP image; remove or replace it.`);
  }
  try {
    const image = scaled(sharp(bytes, { failOn: 'warning', limitInputPixels: MOST_PIXELS }), shorterSide);
    const { data, info } = await image
      .flatten()
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    if (info.channels !== 3) throw new Error(`${info.channels} channels`);
    return { height: info.height, width: info.width, pixels: planar(data) };
  } catch (error) {
    const [reason] = messageOf(error).split('\n');
    throw new UsageError(`${what}: the image is damaged (${reason}); remove or replace it.`);
  }
}

function scaled(image: Sharp, shorterSide: number | undefined): Sharp {
  const upright = image.autoOrient();
  return shorterSide === undefined
    ? upright
    : upright.resize({ width: shorterSide, height: shorterSide, fit: 'outside' });
}

/** By its first bytes: sharp would read text as SVG too, and whatever else its build knows. */
function isPhoto(bytes: Uint8Array): boolean {
  const begins = (at: number, ...expected: readonly number[]): boolean =>
    expected.every((byte, i) => bytes[at + i] === byte);
  const jpeg = begins(0, 0xff, 0xd8, 0xff);
  const png = begins(0, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
  const webp = begins(0, 0x52, 0x49, 0x46, 0x46) && begins(8, 0x57, 0x45, 0x42, 0x50);
  return jpeg || png || webp;
}

function planar(interleaved: Uint8Array): Uint8Array {
  const plane = interleaved.length / 3;
  const pixels = new Uint8Array(interleaved.length);
  for (let i = 0; i < plane; i++) {
    pixels[i] = interleaved[3 * i] as number;
    pixels[plane + i] = interleaved[3 * i + 1] as number;
    pixels[2 * plane + i] = interleaved[3 * i + 2] as number;
  }
  return pixels;
}
