/** The mean over training images, subtracted pixel by pixel (Krizhevsky et al. 2012, section 2). */
import { elements } from '../network/index.js';
import type { ImageSet } from './data-set.js';
import { type NormalisedSet, normalisedBy } from './normalised-set.js';

/** Planar, on the 0–255 scale. Sums of whole levels: no order of images matters. */
export function meanImage(images: ImageSet): Float32Array {
  const sums = new Float64Array(elements(images.shape));
  for (let i = 0; i < images.count; i++) {
    const pixels = images.pixels(i);
    for (let at = 0; at < sums.length; at++) sums[at] = (sums[at] as number) + (pixels[at] as number);
  }
  return Float32Array.from(sums, sum => sum / images.count);
}

export function lessMeanImage(images: ImageSet, mean: Float32Array): NormalisedSet {
  return normalisedBy(images, (pixels, out) => {
    for (let at = 0; at < out.length; at++) out[at] = (pixels[at] as number) - (mean[at] as number);
  });
}
