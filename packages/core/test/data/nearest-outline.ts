import type { ImageSet } from '@strata/core/data';

const GRID = 12;

/**
 * Error in percent of the nearest neighbour among silhouettes: the largest patch that differs from the ground, scaled to a
 * small grid. It sees shape alone, wherever it stands and whatever its size and colour.
 */
export function nearestOutlineError(train: ImageSet, test: ImageSet): number {
  const known = Array.from({ length: train.count }, (_, i) => silhouette(train, i));
  let wrong = 0;
  for (let i = 0; i < test.count; i++) {
    const own = silhouette(test, i);
    const distances = known.map(other => distance(other, own));
    const nearest = distances.indexOf(Math.min(...distances));
    if (train.labels[nearest] !== test.labels[i]) wrong++;
  }
  return (100 * wrong) / test.count;
}

function distance(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += Math.abs((a[at] as number) - (b[at] as number));
  return sum;
}

function silhouette(images: ImageSet, i: number): Float64Array {
  const [, height, width] = images.shape;
  const contrast = smoothed(contrastToGround(images, i), height, width);
  const threshold = Math.max(...contrast) / 2;
  const patch = largestPatch(
    contrast.map(x => (x > threshold ? 1 : 0)),
    height,
    width,
  );
  const [rows, columns] = [patch.map(at => Math.floor(at / width)), patch.map(at => at % width)];
  const [top, left] = [Math.min(...rows), Math.min(...columns)];
  const side = Math.max(Math.max(...rows) - top, Math.max(...columns) - left) + 1;
  const members = new Set(patch);
  return Float64Array.from({ length: GRID * GRID }, (_, cell) => {
    const row = top + Math.floor(((Math.floor(cell / GRID) + 0.5) * side) / GRID);
    const column = left + Math.floor((((cell % GRID) + 0.5) * side) / GRID);
    return column < width && members.has(row * width + column) ? 1 : 0;
  });
}

/** Distance from the median colour of the image's border, summed over channels. */
function contrastToGround(images: ImageSet, i: number): Float64Array {
  const [channels, height, width] = images.shape;
  const pixels = images.pixels(i);
  const contrast = new Float64Array(height * width);
  for (let c = 0; c < channels; c++) {
    const plane = pixels.subarray(c * height * width, (c + 1) * height * width);
    const border = plane.filter(
      (_, at) => at < width || at >= (height - 1) * width || at % width === 0 || at % width === width - 1,
    );
    const ground = border.sort()[border.length >> 1] as number;
    plane.forEach((x, at) => {
      contrast[at] = (contrast[at] as number) + (x - ground);
    });
  }
  return contrast.map(Math.abs);
}

/** Mean over 3x3 pixels. */
function smoothed(values: Float64Array, height: number, width: number): Float64Array {
  return values.map((_, at) => {
    const [row, column] = [Math.floor(at / width), at % width];
    let [sum, count] = [0, 0];
    for (let y = Math.max(0, row - 1); y <= Math.min(height - 1, row + 1); y++) {
      for (let x = Math.max(0, column - 1); x <= Math.min(width - 1, column + 1); x++) {
        sum += values[y * width + x] as number;
        count++;
      }
    }
    return sum / count;
  });
}

/** The pixels of the largest connected patch of ones. */
function largestPatch(mask: Float64Array, height: number, width: number): number[] {
  const seen = new Set<number>();
  let largest: number[] = [];
  for (let start = 0; start < mask.length; start++) {
    if (mask[start] === 0 || seen.has(start)) continue;
    const patch = [start];
    seen.add(start);
    for (const at of patch) {
      const column = at % width;
      const around = [
        at - width,
        at + width,
        ...(column > 0 ? [at - 1] : []),
        ...(column < width - 1 ? [at + 1] : []),
      ];
      for (const next of around) {
        if (next < 0 || next >= height * width || mask[next] === 0 || seen.has(next)) continue;
        seen.add(next);
        patch.push(next);
      }
    }
    if (patch.length > largest.length) largest = patch;
  }
  return largest;
}
