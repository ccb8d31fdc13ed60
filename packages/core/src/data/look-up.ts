import type { Shape } from '../network/index.js';
import { OUTSIDE, type PixelMap } from './augment.js';
import { LEVELS } from './normalise.js';

/** Normalises: `table` says for each channel what each level becomes. */
export function lookUp(
  pixels: Uint8Array,
  [channels, height, width]: Shape,
  table: Float32Array,
  out: Float32Array,
): void {
  const plane = height * width;
  for (let c = 0; c < channels; c++) {
    for (let at = c * plane; at < (c + 1) * plane; at++)
      out[at] = table[c * LEVELS + (pixels[at] as number)] as number;
  }
}

/** Normalises and moves in one pass. What lies outside stays zero, as in an image padded after normalisation. */
export function lookUpMapped(
  pixels: Uint8Array,
  [channels, height, width]: Shape,
  table: Float32Array,
  { rows, columns }: PixelMap,
  out: Float32Array,
): void {
  for (let c = 0; c < channels; c++) {
    for (let y = 0; y < height; y++) {
      const row = rows[y] as number;
      if (row === OUTSIDE) continue;
      const from = (c * height + row) * width;
      const to = (c * height + y) * width;
      for (let x = 0; x < width; x++) {
        const column = columns[x] as number;
        if (column !== OUTSIDE) out[to + x] = table[c * LEVELS + (pixels[from + column] as number)] as number;
      }
    }
  }
}
