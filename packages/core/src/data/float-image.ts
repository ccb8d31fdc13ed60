import type { Shape } from '../network/index.js';

/** A normalised image. */
export interface FloatImage {
  /** `[channels, height, width]`. */
  readonly shape: Shape;
  /** Planar. */
  readonly values: Float32Array;
}
