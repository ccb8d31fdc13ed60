/**
 * How pixels become inputs, as data in the recipe. Statistics are those of the training subset.
 * - `mean`: subtract the mean of each channel, on the 0–255 scale (AlexNet, VGG);
 * - `mean-deviation`: subtract the mean of each channel and divide by its deviation.
 */
export type Normalisation = { readonly kind: 'mean' } | { readonly kind: 'mean-deviation' };

/**
 * A random change of a training image, applied after normalisation; each is a pure function of (seed, epoch, index of the
 * image in the whole data set).
 * - `pad-crop`: pad every side by `pad` pixels, then cut out a window of the old size anywhere. `zero` pads with zeros of
 *   the normalised image, that is with the mean colour; `reflect` mirrors it without repeating its edge (Wide ResNet);
 * - `flip`: mirror left to right, half of the time.
 */
export type Augmentation =
  | { readonly kind: 'pad-crop'; readonly pad: number; readonly mode: 'zero' | 'reflect' }
  | { readonly kind: 'flip' };

/** So many images of each half of a data set, the same number of every class; all of them when left out. */
export interface Subset {
  readonly train?: number;
  readonly test?: number;
  /** So many of the training images are held back, and are none of `train`; none when left out. */
  readonly validation?: number;
}
