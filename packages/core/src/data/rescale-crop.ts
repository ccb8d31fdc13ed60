import { elements, type Shape } from '../network/index.js';
import type { Stream } from '../random/index.js';
import type { FloatImage } from './float-image.js';
import type { AugmentationOf } from './preprocessing.js';
import { resample } from './resample.js';
import { type Region, rescaled, type Size, whole } from './view.js';

type RescaleCrop = AugmentationOf<'rescale-crop'>;

/** The S of one image in one epoch: whole pixels, every one equally likely. Draw 0 of its stream. */
export function drawScale({ smallest, largest }: RescaleCrop, random: Stream): number {
  return smallest + random.below(largest - smallest + 1, 0);
}

/** A window of the input's size anywhere in an image, every place equally likely. Draws 1 and 2. */
export function drawWindow(image: Size, [, height, width]: Shape, random: Stream): Region {
  return {
    top: random.below(image.height - height + 1, 1),
    left: random.below(image.width - width + 1, 2),
    height,
    width,
  };
}

/** An image rescaled and cropped; only what the window shows is computed. */
export function rescaledCrop(
  augmentation: RescaleCrop,
  { shape: [channels, height, width], values }: FloatImage,
  input: Shape,
  random: Stream,
): FloatImage {
  const size = rescaled({ height, width }, drawScale(augmentation, random));
  const window = drawWindow(size, input, random);
  const shape: Shape = [channels, window.height, window.width];
  const out = resample(values, { height, width }, whole({ height, width }), size, window);
  if (out.length !== elements(shape)) throw new RangeError('The window does not lie inside the image.');
  return { shape, values: out };
}
