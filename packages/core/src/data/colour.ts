import { UsageError } from '../errors/index.js';
import { type Eigen, symmetricEigen } from '../linear-algebra/index.js';
import { formatShape } from '../network/index.js';
import { normalArray, streamKey } from '../random/index.js';
import type { AugmentationPlace } from './augment.js';
import type { ImageSet } from './data-set.js';

/**
 * The principal axes of the pixels' colours and the variance along each, of pixels on the 0–1 scale: AlexNet's steps are
 * proportional to the eigenvalues themselves, which fit that scale alone (a step of 0.1 eigenvalues is then some levels of
 * 255; on the 0–255 scale it would be hundreds).
 */
export type ColourAxes = Eigen;

const WHITE = 255;

/** Sums over pixels, exact while they are below 2^53: three billion images of 32x32 pixels. */
export interface ColourSums {
  pixels: number;
  readonly sums: number[];
  /** Of products of two channels. */
  readonly products: number[][];
}

export function emptyColourSums(): ColourSums {
  return { pixels: 0, sums: [0, 0, 0], products: [0, 1, 2].map(() => [0, 0, 0]) };
}

/** Adds the pixels of a planar RGB image. */
export function addColours(total: ColourSums, pixels: Uint8Array): void {
  const plane = pixels.length / 3;
  total.pixels += plane;
  for (let a = 0; a < 3; a++) {
    for (let b = 0; b <= a; b++) {
      let product = 0;
      for (let i = 0; i < plane; i++)
        product += (pixels[a * plane + i] as number) * (pixels[b * plane + i] as number);
      (total.products[a] as number[])[b] = (total.products[a]?.[b] ?? 0) + product;
    }
    let sum = 0;
    for (let i = a * plane; i < (a + 1) * plane; i++) sum += pixels[i] as number;
    total.sums[a] = (total.sums[a] ?? 0) + sum;
  }
}

export function colourAxesOf({ pixels, sums, products }: ColourSums): ColourAxes {
  const mean = sums.map(sum => sum / pixels / WHITE);
  const covariance = (a: number, b: number): number =>
    (products[Math.max(a, b)]?.[Math.min(a, b)] ?? 0) / pixels / WHITE ** 2 -
    (mean[a] as number) * (mean[b] as number);
  return symmetricEigen([0, 1, 2].map(a => [0, 1, 2].map(b => covariance(a, b))));
}

/** @throws UsageError for images without three channels. */
export function colourAxes(images: ImageSet): ColourAxes {
  if (images.shape[0] !== 3) {
    throw new UsageError(
      `The augmentation pca-colour needs images of 3 channels, and these are ${formatShape(images.shape)}; leave it out.`,
    );
  }
  const total = emptyColourSums();
  for (let i = 0; i < images.count; i++) addColours(total, images.pixels(i));
  return colourAxesOf(total);
}

/** What is added to each channel of an image, on the 0–255 scale. */
export function drawColourShift(
  { values, vectors }: ColourAxes,
  deviation: number,
  { seed, epoch, index }: AugmentationPlace,
): readonly number[] {
  const alphas = normalArray(3, streamKey(seed, 'augment', 'pca-colour', epoch, index), deviation);
  return [0, 1, 2].map(c =>
    values.reduce(
      (sum, value, i) => sum + WHITE * (alphas[i] as number) * value * (vectors[i]?.[c] as number),
      0,
    ),
  );
}
