import type { Shape } from '../network/index.js';
import type { InputStatistics } from './normalise.js';
import type { Augmentation, AugmentationOf, Normalisation } from './preprocessing.js';

/** All that decides an input apart from the images and their order: plain data, which can be sent to a thread. */
export interface InputSpec {
  /** `[channels, height, width]` that the network takes. */
  readonly input: Shape;
  readonly normalisation: Normalisation;
  readonly statistics: InputStatistics;
  readonly augmentation: readonly Augmentation[];
  readonly seed: number;
}

export function rescaleCropOf([first]: readonly Augmentation[]): AugmentationOf<'rescale-crop'> | undefined {
  return first?.kind === 'rescale-crop' ? first : undefined;
}

/**
 * The length to which the shorter side of images is scaled for a test that asks for none: the middle of the range that training
 * draws from (VGG, section 3.2), or the input's own where training crops nothing.
 */
export function testScale(augmentation: readonly Augmentation[], [, height, width]: Shape): number {
  const crop = rescaleCropOf(augmentation);
  return crop ? Math.round((crop.smallest + crop.largest) / 2) : Math.max(height, width);
}
