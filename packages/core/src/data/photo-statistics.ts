import type { Shape } from '../network/index.js';
import { addColours, colourAxesOf, emptyColourSums } from './colour.js';
import type { InputStatistics } from './normalise.js';
import { centreCrop } from './photo-input.js';
import type { PhotoSet } from './photo-set.js';
import type { Augmentation } from './preprocessing.js';

/** Photographs that are looked at: evenly spaced, so that every class is among them. Millions would say the same. */
const MOST = 2000;

/** Photographs under way at once: as many as Node decodes. */
const AT_ONCE = 4;

/**
 * Mean, deviation and principal axes of the colours in the middle of the photographs, at the scale at which they are tested:
 * what the network sees. Exact for those that are looked at.
 */
export async function photoStatistics(
  photos: PhotoSet,
  augmentation: readonly Augmentation[],
  input: Shape,
): Promise<InputStatistics> {
  const count = Math.min(photos.count, MOST);
  const total = emptyColourSums();
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < count) {
      const i = Math.floor((next++ * photos.count) / count);
      const { pixels } = await centreCrop(photos, i, { augmentation, input });
      addColours(total, pixels);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  const { pixels, sums, products } = total;
  const mean = sums.map(sum => sum / pixels);
  const deviation = mean.map((average, c) => Math.sqrt((products[c]?.[c] ?? 0) / pixels - average ** 2));
  return { mean, deviation, colour: colourAxesOf(total) };
}
