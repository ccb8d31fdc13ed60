import { type Region, type Size, whole } from './view.js';

/**
 * A region of planar pixels at another size, bilinear: each new pixel is a mean of the old ones under a triangle around its middle, one
 * old pixel wide to each side, or one new pixel wide where the image shrinks, so that nothing is passed over.
 * As Pillow's `BILINEAR`.
 * @param window The part that is wanted of the result.
 */
export function resample(
  pixels: Uint8Array | Float32Array,
  image: Size,
  region: Region,
  size: Size,
  window: Region = whole(size),
): Float32Array {
  const channels = pixels.length / (image.height * image.width);
  const rows = triangles(region.height, size.height, window.top, window.height);
  const columns = triangles(region.width, size.width, window.left, window.width);
  const [top, bottom] = [rows[0]?.first ?? 0, endOf(rows.at(-1))];
  const out = new Float32Array(channels * window.height * window.width);
  const narrow = new Float64Array(region.height * window.width);
  for (let c = 0; c < channels; c++) {
    for (let y = top; y < bottom; y++) {
      const from = (c * image.height + region.top + y) * image.width + region.left;
      columns.forEach(({ first, weights }, x) => {
        let sum = 0;
        for (let k = 0; k < weights.length; k++)
          sum += (weights[k] as number) * (pixels[from + first + k] as number);
        narrow[y * window.width + x] = sum;
      });
    }
    rows.forEach(({ first, weights }, y) => {
      for (let x = 0; x < window.width; x++) {
        let sum = 0;
        for (let k = 0; k < weights.length; k++)
          sum += (weights[k] as number) * (narrow[(first + k) * window.width + x] as number);
        out[(c * window.height + y) * window.width + x] = sum;
      }
    });
  }
  return out;
}

/** Weights of old pixels from `first` on in one new pixel; they sum to one. */
interface Triangle {
  readonly first: number;
  readonly weights: readonly number[];
}

function endOf(triangle: Triangle | undefined): number {
  return triangle ? triangle.first + triangle.weights.length : 0;
}

/** Those of `count` new pixels, from `start` on. */
function triangles(from: number, to: number, start: number, count: number): readonly Triangle[] {
  const step = from / to;
  const reach = Math.max(1, step);
  return Array.from({ length: count }, (_, i) => {
    const middle = (start + i + 0.5) * step - 0.5;
    const first = Math.max(0, Math.ceil(middle - reach));
    const last = Math.min(from - 1, Math.floor(middle + reach));
    const heights = Array.from({ length: last - first + 1 }, (_, k) =>
      Math.max(0, 1 - Math.abs(first + k - middle) / reach),
    );
    const sum = heights.reduce((a, b) => a + b, 0);
    return { first, weights: heights.map(height => height / sum) };
  });
}
