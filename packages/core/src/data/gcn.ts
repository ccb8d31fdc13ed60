/** Global contrast normalisation (Goodfellow et al. 2013, "Maxout networks", and its code in pylearn2). */
import type { ImageSet } from './data-set.js';
import { type NormalisedSet, normalisedBy } from './normalised-set.js';

/** An image without any contrast stays at zero: its length is not divided by. */
const SHORTEST = 1e-8;

/** Writes the pixels less their mean, scaled so that the vector of all of them has length `scale`. */
export function contrastNormalise(pixels: Uint8Array, scale: number, out: Float32Array): void {
  const mean = pixels.reduce((sum, level) => sum + level, 0) / pixels.length;
  const square = pixels.reduce((sum, level) => sum + (level - mean) ** 2, 0);
  const length = Math.sqrt(square) / scale;
  const factor = length < SHORTEST ? 1 : 1 / length;
  for (let i = 0; i < pixels.length; i++) out[i] = ((pixels[i] as number) - mean) * factor;
}

export function contrastNormalised(images: ImageSet, scale: number): NormalisedSet {
  return normalisedBy(images, (pixels, out) => contrastNormalise(pixels, scale, out));
}
