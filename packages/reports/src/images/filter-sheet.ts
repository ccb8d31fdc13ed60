import { mean } from '../statistics/index.js';
import type { Raster } from './png.js';

/** Filters of a first layer as one sheet, in rows, a clear pixel between them. */
export interface FilterSheet {
  readonly raster: Raster;
  readonly columns: number;
  readonly rows: number;
  /** The largest absolute weight: what full black and full white stand for. */
  readonly scale: number;
}

const MOST = 64;
const WIDEST = 16;
const GAP = 1;
const OPAQUE = 255;

/**
 * Weights `[filters, channels, height, width]` drawn as they are: grey is zero, one scale for all. Three channels are
 * red, green and blue; of any other number the mean is drawn. At most 64 filters, the first ones.
 */
export function filterSheet(shape: readonly number[], data: Float32Array): FilterSheet {
  const [filters = 0, channels = 0, height = 0, width = 0] = shape;
  const count = Math.min(filters, MOST);
  const columns = Math.min(count, count <= WIDEST ? 8 : WIDEST);
  const rows = Math.ceil(count / columns);
  const sheetWidth = columns * (width + GAP) - GAP;
  const sheetHeight = rows * (height + GAP) - GAP;
  const bytes = new Uint8Array(sheetWidth * sheetHeight * 4);
  const scale = data.filter(Number.isFinite).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const weight = (f: number, c: number, i: number): number =>
    data[(f * channels + c) * height * width + i] ?? 0;
  for (let f = 0; f < count; f++) {
    const left = (f % columns) * (width + GAP);
    const top = Math.floor(f / columns) * (height + GAP);
    for (let i = 0; i < height * width; i++) {
      const at = ((top + Math.floor(i / width)) * sheetWidth + left + (i % width)) * 4;
      const own = Array.from({ length: channels }, (_, c) => weight(f, c, i));
      const colour = channels === 3 ? own : Array.from({ length: 3 }, () => mean(own));
      bytes.set([...colour.map(value => shade(value, scale)), OPAQUE], at);
    }
  }
  return { raster: { width: sheetWidth, height: sheetHeight, channels: 4, bytes }, columns, rows, scale };
}

/** Zero is the middle grey; what is not a number is drawn as zero. */
function shade(value: number, scale: number): number {
  const share = scale === 0 || !Number.isFinite(value) ? 0 : value / scale;
  return Math.round(127.5 + 127.5 * share);
}
