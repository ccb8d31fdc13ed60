import type { Shape } from '../network/index.js';
import { OUTSIDE, type PixelMap } from './augment.js';
import { LEVELS } from './normalise.js';

/** Normalises and moves in one pass: `table` says for each channel what each level becomes. What lies outside stays zero, as in an image padded after normalisation. */
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
