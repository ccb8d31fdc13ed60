import { type ImageSet, isPhotoSet } from './data-set.js';
import { decodePhoto, photoSize } from './decode.js';
import { type ChannelStatistics, isByLevel, LEVELS, normalisationTable } from './normalise.js';
import { type InputImages, isNormalisedSet, type NormalisedSet } from './normalised-set.js';
import type { PhotoSet } from './photo-set.js';
import type { Normalisation } from './preprocessing.js';
import { resample } from './resample.js';
import { type Size, sizesEqual, whole } from './view.js';

/** Images that trained networks are tested on, each to be had at any size. */
export interface TestImages {
  readonly count: number;
  readonly labels: Uint16Array;
  /** Of image `i` as it is. */
  sizeOf(i: number): Promise<Size>;
  /** Image `i` resampled to a size and normalised: planar `[channels, height, width]`. Not to be written to. */
  input(i: number, size: Size): Promise<Float32Array>;
}

/** How pixels become inputs: by the statistics of the training subset, test images too. */
export interface TestOptions {
  readonly normalisation: Normalisation;
  readonly statistics: ChannelStatistics;
}

export function testImages(images: InputImages, { normalisation, statistics }: TestOptions): TestImages {
  if (isNormalisedSet(images)) return normalisedImages(images);
  if (!isByLevel(normalisation))
    throw new RangeError(
      `The normalisation ${normalisation.kind} must be made beforehand, of the whole set.`,
    );
  const table = normalisationTable(normalisation, statistics);
  const { sizeOf, pixels } = isPhotoSet(images) ? photographs(images) : imagesOfOneSize(images);
  return {
    count: images.count,
    labels: images.labels,
    sizeOf,
    input: async (i, size) => normalised(await pixels(i, size), size, table),
  };
}

function normalisedImages(images: NormalisedSet): TestImages {
  const { count, labels } = images;
  const [, height, width] = images.shape;
  const own = { height, width };
  return {
    count,
    labels,
    sizeOf: async () => own,
    input: async (i, size) =>
      sizesEqual(own, size) ? images.values(i) : resample(images.values(i), own, whole(own), size),
  };
}

interface Source {
  sizeOf(i: number): Promise<Size>;
  pixels(i: number, size: Size): Promise<Uint8Array>;
}

function imagesOfOneSize(images: ImageSet): Source {
  const [, height, width] = images.shape;
  const own = { height, width };
  return { sizeOf: async () => own, pixels: async (i, size) => atSize(images.pixels(i), own, size) };
}

/** The decoder scales most of the way, as it does for training. */
function photographs(photos: PhotoSet): Source {
  return {
    sizeOf: async i => photoSize(await photos.encoded(i), photos.describe(i)),
    async pixels(i, size) {
      const shorterSide = Math.min(size.height, size.width);
      const photo = await decodePhoto(await photos.encoded(i), { what: photos.describe(i), shorterSide });
      return atSize(photo.pixels, photo, size);
    },
  };
}

/** As whole levels, like an image that was of this size from the beginning. */
function atSize(pixels: Uint8Array, own: Size, size: Size): Uint8Array {
  return sizesEqual(own, size)
    ? pixels
    : Uint8Array.from(resample(pixels, own, whole(own), size), Math.round);
}

/** A loop: `Float32Array.from` with a function takes ten times as long, as long as a narrow net takes to look at the image. */
function normalised(pixels: Uint8Array, { height, width }: Size, table: Float32Array): Float32Array {
  const plane = height * width;
  const out = new Float32Array(pixels.length);
  for (let start = 0, row = 0; start < pixels.length; start += plane, row += LEVELS) {
    for (let i = start; i < start + plane; i++) out[i] = table[row + (pixels[i] as number)] as number;
  }
  return out;
}
