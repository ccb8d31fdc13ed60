import type { Raster } from './png.js';

/** Planar `[channels, height, width]` pixels, 0–255, as a raster: three channels in colour, any other number by its first. */
export function rasterOf(
  [channels, height, width]: readonly [number, number, number],
  pixels: Uint8Array,
): Raster {
  const shown = channels === 3 ? 3 : 1;
  const plane = height * width;
  const bytes = new Uint8Array(plane * shown);
  for (let c = 0; c < shown; c++) {
    for (let i = 0; i < plane; i++) bytes[i * shown + c] = pixels[c * plane + i] ?? 0;
  }
  return { width, height, channels: shown, bytes };
}
