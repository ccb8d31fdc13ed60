import type { ImageSet } from './data-set.js';
import { type ChannelStatistics, LEVELS, normalisationTable } from './normalise.js';
import type { Normalisation } from './preprocessing.js';
import { resample } from './resample.js';
import { type Size, sizesEqual, whole } from './view.js';

/** Images that trained networks are tested on, each to be had at any size. */
export interface TestImages {
  readonly count: number;
  readonly labels: Uint16Array;
  /** Of image `i` as it is. */
  sizeOf(i: number): Promise<Size>;
  /** Image `i` resampled to a size and normalised: planar `[channels, height, width]`. Not to be written to. */
  input(i: number, size: Size): Promise<Float32Array>;
}

/** How pixels become inputs: by the statistics of the training subset, test images too. */
export interface TestOptions {
  readonly normalisation: Normalisation;
  readonly statistics: ChannelStatistics;
}

export function testImages(images: ImageSet, { normalisation, statistics }: TestOptions): TestImages {
  const [, height, width] = images.shape;
  const own = { height, width };
  const table = normalisationTable(normalisation, statistics);
  return {
    count: images.count,
    labels: images.labels,
    sizeOf: async () => own,
    async input(i, size) {
      const pixels = images.pixels(i);
      return normalised(
        sizesEqual(size, own) ? pixels : levels(resample(pixels, own, whole(own), size)),
        size,
        table,
      );
    },
  };
}

/** Whole levels again, as an image that was resampled beforehand has. */
function levels(values: Float32Array): Uint8Array {
  return Uint8Array.from(values, Math.round);
}

function normalised(pixels: Uint8Array, { height, width }: Size, table: Float32Array): Float32Array {
  const plane = height * width;
  return Float32Array.from(pixels, (level, at) => table[Math.floor(at / plane) * LEVELS + level] as number);
}
