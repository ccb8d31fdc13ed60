import { elements, type Shape } from '../network/index.js';
import type { ImageSet, Images } from './data-set.js';

/** Images of one size that are normalised already, each as a whole: before any augmentation. */
export interface NormalisedSet {
  readonly count: number;
  readonly shape: Shape;
  readonly labels: Uint16Array;
  /** Of image `i`, planar. A view: not to be written to. */
  values(i: number): Float32Array;
  /** As in an `ImageSet`. */
  readonly places?: Uint32Array;
}

/** Images of one size, normalised already or not. */
export type HeldImages = ImageSet | NormalisedSet;

/** Images as they are fed to a network. */
export type InputImages = Images | NormalisedSet;

/** A set of which `write` makes each image, held in memory that worker threads can share. */
export function normalisedBy(
  images: ImageSet,
  write: (pixels: Uint8Array, out: Float32Array) => void,
): NormalisedSet {
  const { count, shape, labels, places } = images;
  const size = elements(shape);
  const all = sharedFloats(count * size);
  const values = (i: number): Float32Array => all.subarray(i * size, (i + 1) * size);
  for (let i = 0; i < count; i++) write(images.pixels(i), values(i));
  return { count, shape, labels, ...(places && { places }), values };
}

export function sharedFloats(length: number): Float32Array {
  return new Float32Array(new SharedArrayBuffer(length * Float32Array.BYTES_PER_ELEMENT));
}

export function isNormalisedSet(images: InputImages): images is NormalisedSet {
  return 'values' in images;
}

export function isHeld(images: InputImages): images is HeldImages {
  return 'shape' in images;
}
