import {
  centred,
  decodePhoto,
  type Images,
  isPhotoSet,
  type PhotoSet,
  resample,
  whole,
} from '@strata/core/data';
import { UsageError } from '@strata/core/errors';
import type { Shape } from '@strata/core/network';

/** An image that is small enough for a page. */
export interface Picture {
  readonly shape: Shape;
  /** 0–255, planar `[channels, height, width]`. */
  readonly pixels: Uint8Array;
}

/** The longest side of a picture, in pixels. */
const LONGEST = 72;

/** Image `i`, made smaller where it is large; of a photograph its middle. Null where the file cannot be read. */
export async function pictureOf(images: Images, i: number): Promise<Picture | null> {
  if (isPhotoSet(images)) return photograph(images, i);
  const { shape } = images;
  const [channels, height, width] = shape;
  const share = LONGEST / Math.max(height, width);
  if (share >= 1) return { shape, pixels: images.pixels(i) };
  const size = { height: Math.ceil(share * height), width: Math.ceil(share * width) };
  const own = { height, width };
  const pixels = Uint8Array.from(resample(images.pixels(i), own, whole(own), size), Math.round);
  return { shape: [channels, size.height, size.width], pixels };
}

async function photograph(photos: PhotoSet, i: number): Promise<Picture | null> {
  const size = { height: LONGEST, width: LONGEST };
  try {
    const { pixels, height, width } = await decodePhoto(await photos.encoded(i), {
      what: photos.describe(i),
      shorterSide: LONGEST,
      window: scaled => centred(whole(scaled), size),
    });
    return { shape: [3, height, width], pixels };
  } catch (error) {
    if (error instanceof UsageError) return null;
    throw error;
  }
}
