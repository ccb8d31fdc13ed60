/**
 * AlexNet's recipe (Krizhevsky, Sutskever and Hinton 2012, sections 4 and 5) and the sizes that its tables share.
 *
 * The published rate is divided by ten by hand, three times, when the validation error stalls; when that was is not said. Here it
 * drops at fixed fractions of the 90 epochs, so that variants stay paired. The mean is subtracted by channel, not by pixel.
 *
 * What the small sizes change, one rule for all variants of a table:
 * - Inputs are divided by the pixels' deviation and weights start by He's rule, biases at zero: N(0, 0.01²) has another gain at
 *   another width, and starves a narrow net. LRN's alpha, made for pixels on the 0–255 scale, is multiplied by that deviation squared.
 * - Images have 32 pixels: conv1 has a stride of 1, and its maps of 25 pixels go through the three pools to 2x2. fc6 sees 36 times
 *   fewer inputs than its width alone would leave it, so that its units and their dropout shrink further.
 * - The rate drops at 60 and 85 % of a training of some epochs, and rises over the first 50 steps.
 */
import { ALEXNET_BIAS_ONE } from '@strata/core/models';
import type { Recipe } from '@strata/core/training';
import type { Profile } from '../experiment.js';

/** Deviation of natural images' pixels on the 0–255 scale (CIFAR-10: 63, 62 and 67 by channel). */
const PIXEL_DEVIATION = 64;

export const SMALL_LRN_ALPHA = 1e-4 * PIXEL_DEVIATION ** 2;

export const paperRecipe: Recipe = {
  epochs: 90,
  batchSize: 128,
  optimizer: {
    kind: 'sgd',
    form: 'scaled-velocity',
    momentum: 0.9,
    nesterov: false,
    weightDecay: 5e-4,
    decayOn: 'all',
  },
  schedule: { kind: 'steps', initial: 0.01, dropAt: [0.5, 0.7, 0.9], factor: 0.1, warmUpSteps: 0 },
  initialisation: { kind: 'gaussian', deviation: 0.01, width: 1, bias: 0, biasOne: ALEXNET_BIAS_ONE },
  normalisation: { kind: 'mean' },
  augmentation: [
    { kind: 'rescale-crop', smallest: 256, largest: 256 },
    { kind: 'flip' },
    { kind: 'pca-colour', deviation: 0.1 },
  ],
};

export const smallRecipe: Recipe = {
  ...paperRecipe,
  schedule: { kind: 'steps', initial: 0.02, dropAt: [0.6, 0.85], factor: 0.1, warmUpSteps: 50 },
  initialisation: { kind: 'msra', bias: 0 },
  normalisation: { kind: 'mean-deviation' },
  augmentation: [{ kind: 'pad-crop', pad: 4, mode: 'zero' }, { kind: 'flip' }],
};

const smallOptions = { input: [3, 32, 32], stride: 1, lrnAlpha: SMALL_LRN_ALPHA, dropout: 0.2 } as const;

export const smoke: Profile = {
  purpose: 'Proves the plumbing in seconds; the nets learn next to nothing, and no number means anything.',
  dataset: 'cifar10',
  subset: { train: 100, test: 50 },
  options: { ...smallOptions, width: 1 / 16, hidden: 16 },
  recipe: { ...smallRecipe, epochs: 2, batchSize: 25 },
  seeds: 1,
  startFromTrained: true,
};

export const quick: Profile = {
  purpose: 'A first look: narrow nets that have begun to learn CIFAR-10; too few seeds for a verdict.',
  dataset: 'cifar10',
  subset: { train: 5000, test: 1000 },
  options: { ...smallOptions, width: 1 / 8, hidden: 128 },
  recipe: { ...smallRecipe, epochs: 6, batchSize: 64 },
  seeds: 3,
  startFromTrained: true,
};

export const reduced: Profile = {
  purpose:
    'Narrow nets on 10,000 images over 10 paired seeds: enough for verdicts on differences of a point or two.',
  dataset: 'cifar10',
  subset: { train: 10_000, test: 2000 },
  options: { ...smallOptions, width: 1 / 4, hidden: 256 },
  recipe: { ...smallRecipe, epochs: 20 },
  seeds: 10,
  startFromTrained: true,
};

export const paper: Profile = {
  purpose: 'The published networks and recipe on ImageNet, for GPUs: days of computing for each run.',
  dataset: 'imagenet',
  subset: { train: 1_281_167, test: 50_000 },
  options: { input: [3, 224, 224], classes: 1000 },
  recipe: paperRecipe,
  seeds: 1,
  startFromTrained: true,
};

export const PROXY =
  'an AlexNet of a quarter of its width on 32-pixel images for the published one on ImageNet';
