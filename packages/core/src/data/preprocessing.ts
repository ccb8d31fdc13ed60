/**
 * How pixels become inputs, as data in the recipe. Statistics are those of the training subset.
 * - `mean`: subtract the mean of each channel, on the 0–255 scale (VGG; AlexNet where images differ in size);
 * - `mean-image`: subtract the mean of each pixel, on the same scale (AlexNet as its paper has it, section 2); for images of one
 *   size. Crops are cut from what is left;
 * - `mean-deviation`: subtract the mean of each channel and divide by its deviation;
 * - `gcn`: subtract the mean of each image and divide by its root mean square times `√size / scale`, so that every image has
 *   length `scale` (Goodfellow et al. 2013, "Maxout networks", whose code has scale 55 for CIFAR: about unit deviation);
 * - `zca`: `gcn`, then decorrelate all values of an image by `(C + bias I)^(-1/2)`, C being their covariance (the same
 *   code: bias 0.1; Network in Network and Wide ResNet train on that).
 */
export type Normalisation =
  | { readonly kind: 'mean' }
  | { readonly kind: 'mean-image' }
  | { readonly kind: 'mean-deviation' }
  | { readonly kind: 'gcn'; readonly scale: number }
  | { readonly kind: 'zca'; readonly scale: number; readonly bias: number };

/**
 * A random change of a training image, applied after normalisation; each is a pure function of (seed, epoch, index of the
 * image in the whole data set).
 * - `rescale-crop`: scale the shorter side to S pixels, drawn uniformly from `smallest` to `largest` (equal: a fixed S), the
 *   other side in proportion, then cut out a window of the network's input size anywhere (VGG, section 3.1). Comes first;
 * - `pad-crop`: pad every side by `pad` pixels, then cut out a window of the old size anywhere. `zero` pads with zeros of
 *   the normalised image, that is with the mean colour; `reflect` mirrors it without repeating its edge (Wide ResNet);
 * - `flip`: mirror left to right, half of the time;
 * - `affine`: the planar distortions of LeNet-5 (LeCun et al. 1998, section III-B): a shift of up to `translate` pixels each
 *   way, a scaling by up to 1 + `scale`, a squeeze of up to 1 + `squeeze` (wider and lower or the reverse), a horizontal
 *   shear of up to `shear` pixels a row, all drawn uniformly (factors: their logarithms). Outside, the edge goes on;
 * - `pca-colour`: add to all pixels the principal axes of the training pixels' colours, each times its eigenvalue times a
 *   draw from N(0, `deviation`²), the same for the whole image (AlexNet, section 4.1: 0.1).
 */
export type Augmentation =
  | { readonly kind: 'rescale-crop'; readonly smallest: number; readonly largest: number }
  | { readonly kind: 'pad-crop'; readonly pad: number; readonly mode: 'zero' | 'reflect' }
  | { readonly kind: 'flip' }
  | {
      readonly kind: 'affine';
      readonly translate: number;
      readonly scale: number;
      readonly squeeze: number;
      readonly shear: number;
    }
  | { readonly kind: 'pca-colour'; readonly deviation: number };

export type AugmentationOf<Kind extends Augmentation['kind']> = Extract<Augmentation, { kind: Kind }>;

/** So many images of each half of a data set, the same number of every class; all of them when left out. */
export interface Subset {
  readonly train?: number;
  readonly test?: number;
  /** So many of the training images are held back, and are none of `train`; none when left out. */
  readonly validation?: number;
}
