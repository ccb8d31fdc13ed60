import { pad, type Tensor4D } from '@tensorflow/tfjs-core';
import type { Window } from '../../network/index.js';

/** Maps with `[top, bottom, left, right]` pixels of a constant around them. */
export function padded(maps: Tensor4D, padding: Window['padding'], value: number): Tensor4D {
  if (padding.every(pixels => pixels === 0)) return maps;
  const [top, bottom, left, right] = padding;
  return pad(
    maps,
    [
      [0, 0],
      [top, bottom],
      [left, right],
      [0, 0],
    ],
    value,
  );
}
