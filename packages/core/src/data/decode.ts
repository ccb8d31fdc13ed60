import type { Sharp } from 'sharp';
import { messageOf, UsageError } from '../errors/index.js';
import type { DecodedPhoto } from './photo-set.js';
import { type Region, type Size, whole } from './view.js';

let loading: Promise<typeof import('sharp').default> | undefined;

/** Loaded with the first photograph: most data sets hold none, and a run of theirs starts sooner. */
function loadSharp(): Promise<typeof import('sharp').default> {
  loading ??= import('sharp').then(({ default: sharp }) => {
    // Each run has its share of the cores, and no image is decoded twice in a row: its own threads and cache would only get in the way.
    sharp.concurrency(1);
    sharp.cache(false);
    return sharp;
  });
  return loading;
}

/** Pixels of the largest image that is decoded: several times those of the largest photograph in ImageNet. */
const MOST_PIXELS = 2 ** 26;

export interface DecodeOptions {
  /** What the bytes are, for messages: a path, or a row of a table. */
  readonly what: string;
  /** Length that the shorter side is scaled to, in pixels, the other one in proportion (Lanczos). As it is when left out. */
  readonly shorterSide?: number;
  /** The part that is wanted of the scaled image; all of it when left out. */
  readonly window?: (scaled: Size) => Region;
}

/**
 * Height and width of an image as it is decoded, upright, from its header alone.
 * @throws UsageError as `decodePhoto`, where the header tells.
 */
export async function photoSize(bytes: Uint8Array, what: string): Promise<Size> {
  checkKind(bytes, what);
  const sharp = await loadSharp();
  try {
    const { autoOrient } = await sharp(bytes).metadata();
    return { height: autoOrient.height, width: autoOrient.width };
  } catch (error) {
    throw damaged(what, error);
  }
}

/**
 * The pixels of a JPEG, PNG or WebP image: turned upright as its EXIF says, in sRGB whatever its colour space was (grayscale
 * gives three equal channels), what is transparent laid over black.
 * @throws UsageError for bytes that are not such an image, or a damaged one.
 */
export async function decodePhoto(
  bytes: Uint8Array,
  { what, shorterSide, window }: DecodeOptions,
): Promise<DecodedPhoto> {
  checkKind(bytes, what);
  const sharp = await loadSharp();
  try {
    const image = scaled(sharp(bytes, { failOn: 'warning', limitInputPixels: MOST_PIXELS }), shorterSide);
    const { data, info } = await image
      .flatten()
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    if (info.channels !== 3) throw new Error(`${info.channels} channels`);
    return planar(data, info.width, window?.(info) ?? whole(info));
  } catch (error) {
    throw damaged(what, error);
  }
}

function checkKind(bytes: Uint8Array, what: string): void {
  if (isPhoto(bytes)) return;
  const found = bytes.length === 0 ? 'it is empty' : `${bytes.length} bytes of something else`;
  throw new UsageError(`${what}: ${found}, expected a JPEG, PNG or WebP image; remove or replace it.`);
}

function damaged(what: string, error: unknown): UsageError {
  const [reason] = messageOf(error).split('\n');
  return new UsageError(`${what}: the image is damaged (${reason}); remove or replace it.`);
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

/** A window of interleaved pixels in rows of `imageWidth`. */
function planar(
  interleaved: Uint8Array,
  imageWidth: number,
  { top, left, height, width }: Region,
): DecodedPhoto {
  const plane = height * width;
  const pixels = new Uint8Array(3 * plane);
  for (let y = 0; y < height; y++) {
    let from = 3 * ((top + y) * imageWidth + left);
    for (let to = y * width; to < (y + 1) * width; to++) {
      pixels[to] = interleaved[from] as number;
      pixels[plane + to] = interleaved[from + 1] as number;
      pixels[2 * plane + to] = interleaved[from + 2] as number;
      from += 3;
    }
  }
  return { height, width, pixels };
}
