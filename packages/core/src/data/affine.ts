import { elements } from '../network/index.js';
import type { Stream } from '../random/index.js';
import type { FloatImage } from './float-image.js';
import type { AugmentationOf } from './preprocessing.js';

/** A planar affine map about the middle of the image: `x' = xx x + xy y + x0`, and so for y. */
export interface Affine {
  readonly xx: number;
  readonly xy: number;
  readonly x0: number;
  readonly yy: number;
  readonly y0: number;
}

/**
 * The map from a pixel of the distorted image back to where it comes from. The distortion squeezes and scales, then shears,
 * then shifts.
 */
export function drawDistortion(
  { translate, scale, squeeze, shear }: AugmentationOf<'affine'>,
  random: Stream,
): Affine {
  const within = (most: number, draw: number): number => most * (2 * random.uniform(draw) - 1);
  const dx = within(translate, 0);
  const dy = within(translate, 1);
  const factor = Math.exp(within(Math.log1p(scale), 2));
  const wider = Math.exp(within(Math.log1p(squeeze), 3));
  const slant = within(shear, 4);
  const xx = 1 / (factor * wider);
  const yy = wider / factor;
  return { xx, xy: -slant * xx, x0: (slant * dy - dx) * xx, yy, y0: -dy * yy };
}

/** Each pixel of the result is blended of the four around the place that the map sends it to; the edge goes on outside. */
export function warped({ shape, values }: FloatImage, map: Affine): FloatImage {
  const [channels, height, width] = shape;
  const out = new Float32Array(elements(shape));
  const [middleX, middleY] = [(width - 1) / 2, (height - 1) / 2];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [u, v] = [x - middleX, y - middleY];
      const column = clamped(map.xx * u + map.xy * v + map.x0 + middleX, width);
      const row = clamped(map.yy * v + map.y0 + middleY, height);
      const [left, top] = [Math.floor(column), Math.floor(row)];
      const [right, bottom] = [Math.min(left + 1, width - 1), Math.min(top + 1, height - 1)];
      const [across, down] = [column - left, row - top];
      for (let c = 0; c < channels; c++) {
        const upper = (c * height + top) * width;
        const lower = (c * height + bottom) * width;
        const above = blend(values[upper + left] as number, values[upper + right] as number, across);
        const below = blend(values[lower + left] as number, values[lower + right] as number, across);
        out[(c * height + y) * width + x] = blend(above, below, down);
      }
    }
  }
  return { shape, values: out };
}

function clamped(at: number, length: number): number {
  return Math.min(Math.max(at, 0), length - 1);
}

function blend(a: number, b: number, part: number): number {
  return a + (b - a) * part;
}
