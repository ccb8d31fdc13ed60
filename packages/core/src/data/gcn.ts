/** Global contrast normalisation (Goodfellow et al. 2013, "Maxout networks", and its code in pylearn2). */
import { elements } from '../network/index.js';
import type { ImageSet } from './data-set.js';
import type { NormalisedSet } from './normalised-set.js';

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

/** The set so normalised, held in memory that worker threads can share. */
export function contrastNormalised(images: ImageSet, scale: number): NormalisedSet {
  const size = elements(images.shape);
  const all = sharedFloats(images.count * size);
  const values = (i: number): Float32Array => all.subarray(i * size, (i + 1) * size);
  for (let i = 0; i < images.count; i++) contrastNormalise(images.pixels(i), scale, values(i));
  return { ...common(images), values };
}

export function sharedFloats(length: number): Float32Array {
  return new Float32Array(new SharedArrayBuffer(length * Float32Array.BYTES_PER_ELEMENT));
}

function common({ count, shape, labels, places }: ImageSet): Omit<NormalisedSet, 'values'> {
  return { count, shape, labels, ...(places && { places }) };
}
