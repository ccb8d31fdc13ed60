import type { Shape } from '../network/index.js';

/** A normalised image. */
export interface FloatImage {
  /** `[channels, height, width]`. */
  readonly shape: Shape;
  /** Planar. */
  readonly values: Float32Array;
}

/** Of an image or a part of one, in pixels. */
export interface Size {
  readonly height: number;
  readonly width: number;
}

/** Part of an image, in pixels from its top left corner. */
export interface Window extends Size {
  readonly top: number;
  readonly left: number;
}

/** The window of the given size in the middle, half a pixel up and left of it where it does not divide. */
export function centred(
  [imageHeight, imageWidth]: readonly [number, number],
  height: number,
  width: number,
): Window {
  return { top: (imageHeight - height) >> 1, left: (imageWidth - width) >> 1, height, width };
}

export function cropped(
  { shape: [channels, height, width], values }: FloatImage,
  window: Window,
): FloatImage {
  const out = new Float32Array(channels * window.height * window.width);
  for (let c = 0; c < channels; c++) {
    for (let y = 0; y < window.height; y++) {
      const from = (c * height + window.top + y) * width + window.left;
      out.set(values.subarray(from, from + window.width), (c * window.height + y) * window.width);
    }
  }
  return { shape: [channels, window.height, window.width], values: out };
}
