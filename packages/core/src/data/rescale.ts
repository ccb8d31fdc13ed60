import type { Shape } from '../network/index.js';
import type { Stream } from '../random/index.js';
import { centred, type FloatImage, type Window } from './float-image.js';
import type { AugmentationOf } from './preprocessing.js';

type Size = readonly [height: number, width: number];

/** The size of an image whose shorter side is scaled to `shorter`, the other in proportion and rounded. */
export function scaledSize([height, width]: Size, shorter: number): Size {
  const scale = shorter / Math.min(height, width);
  return height <= width ? [shorter, Math.round(width * scale)] : [Math.round(height * scale), shorter];
}

/** The S of one image in one epoch: whole pixels, every one equally likely. Draw 0 of its stream. */
export function drawScale({ smallest, largest }: AugmentationOf<'rescale-crop'>, random: Stream): number {
  return smallest + random.below(largest - smallest + 1, 0);
}

/** A window anywhere in an image, every place equally likely. Draws 1 and 2. */
export function drawWindow([height, width]: Size, [, high, wide]: Shape, random: Stream): Window {
  return {
    top: random.below(height - high + 1, 1),
    left: random.below(width - wide + 1, 2),
    height: high,
    width: wide,
  };
}

/** The image scaled to a size, or a window of it so scaled. */
export function rescaled(
  { shape: [channels, height, width], values }: FloatImage,
  size: Size,
  window: Window = centred(size, ...size),
): FloatImage {
  const rows = blends(height, size[0], window.top, window.height);
  const columns = blends(width, size[1], window.left, window.width);
  const [firstRow, lastRow] = [rows.first[0] ?? 0, (rows.first.at(-1) ?? 0) + rows.most];
  const used = Math.min(lastRow, height) - firstRow;
  const out = new Float32Array(channels * window.height * window.width);
  const narrowed = new Float32Array(used * window.width);
  for (let c = 0; c < channels; c++) {
    for (let y = 0; y < used; y++) {
      const line = (c * height + firstRow + y) * width;
      blendLine(values, line, 1, columns, narrowed, y * window.width, 1);
    }
    for (let x = 0; x < window.width; x++) {
      const start = x - firstRow * window.width;
      blendLine(narrowed, start, window.width, rows, out, c * window.height * window.width + x, window.width);
    }
  }
  return { shape: [channels, window.height, window.width], values: out };
}

/** Which pixels each pixel of a scaled line is blended of: `most` weights from `first` on. */
interface Blends {
  readonly first: Int32Array;
  readonly weights: Float64Array;
  readonly most: number;
}

/**
 * Weights of bilinear scaling: a triangle as wide as two pixels of the coarser line, cut off at the ends, so that shrinking
 * averages instead of skipping. As Pillow's `BILINEAR`, and torchvision with antialiasing.
 */
function blends(length: number, scaledLength: number, start: number, count: number): Blends {
  const scale = length / scaledLength;
  const reach = Math.max(1, scale);
  const most = Math.min(length, Math.ceil(2 * reach) + 1);
  const first = new Int32Array(count);
  const weights = new Float64Array(count * most);
  for (let i = 0; i < count; i++) {
    const centre = (start + i + 0.5) * scale;
    const from = Math.max(0, Math.trunc(centre - reach + 0.5));
    const to = Math.min(length, Math.trunc(centre + reach + 0.5));
    let sum = 0;
    for (let at = from; at < to; at++) {
      const weight = Math.max(0, 1 - Math.abs(at - centre + 0.5) / reach);
      weights[i * most + at - from] = weight;
      sum += weight;
    }
    for (let k = 0; k < most; k++) weights[i * most + k] = (weights[i * most + k] as number) / sum;
    first[i] = from;
  }
  return { first, weights, most };
}

/** One line of pixels, `stride` apart, made of another. Weights of 0 may stand for pixels beyond the end. */
function blendLine(
  from: Float32Array,
  start: number,
  stride: number,
  { first, weights, most }: Blends,
  to: Float32Array,
  toStart: number,
  toStride: number,
): void {
  for (let i = 0; i < first.length; i++) {
    let sum = 0;
    const begin = start + (first[i] as number) * stride;
    for (let k = 0; k < most; k++) {
      const weight = weights[i * most + k] as number;
      if (weight !== 0) sum += weight * (from[begin + k * stride] as number);
    }
    to[toStart + i * toStride] = sum;
  }
}
