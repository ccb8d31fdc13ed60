import type { Shape } from '../network/index.js';
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

export function isNormalisedSet(images: InputImages): images is NormalisedSet {
  return 'values' in images;
}

export function isHeld(images: InputImages): images is HeldImages {
  return 'shape' in images;
}
