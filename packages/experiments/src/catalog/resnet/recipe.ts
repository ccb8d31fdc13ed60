/**
 * ResNet's recipes (He, Zhang, Ren and Sun 2015, arXiv:1512.03385, sections 3.4 and 4.2) and the sizes that its tables share.
 *
 * CIFAR-10: 64,000 steps of 128 images, the rate divided by ten after 32,000 and 48,000. ImageNet: 600,000 steps of 256, divided by
 * ten "when the error plateaus"; here after a third and two thirds, so that variants stay paired. The published mean is one of each
 * pixel; here it is one of each channel. CIFAR nets subtract it and no more.
 *
 * What the small sizes change, one rule for all variants of a table:
 * - Images are rescaled to 18 pixels and cropped to 16, and nets have half their width, so that a net costs a sixteenth.
 * - Inputs are divided by the pixels' deviation too, weights decay at 5e-4, which fits a short training, and the rate is halved with
 *   the batch, 64 instead of 128.
 * - The small sizes train CIFAR nets only. Where a claim is about ImageNet, nets of 20 and 44 layers stand for those of 18 and 34.
 */
import type { Recipe } from '@strata/core/training';
import type { Changes, Profile } from '../experiment.js';

export const cifarRecipe: Recipe = {
  // 391 steps an epoch with the last batch, which is dropped here: 390 steps, 63,960 in all.
  epochs: 164,
  batchSize: 128,
  optimizer: {
    kind: 'sgd',
    form: 'scaled-update',
    momentum: 0.9,
    nesterov: false,
    weightDecay: 1e-4,
    decayOn: 'all',
  },
  schedule: { kind: 'steps', initial: 0.1, dropAt: [0.5, 0.75], factor: 0.1, warmUpSteps: 0 },
  initialisation: { kind: 'msra', bias: 0 },
  normalisation: { kind: 'mean' },
  augmentation: [{ kind: 'pad-crop', pad: 4, mode: 'zero' }, { kind: 'flip' }],
};

/** What nets on ImageNet have of their own beside those on CIFAR-10: 120 epochs are 600,000 steps. */
export const onImageNet = {
  dataset: 'imagenet',
  subset: { train: 1_281_167, test: 50_000 },
  options: { input: [3, 224, 224], classes: 1000 },
  recipe: {
    epochs: 120,
    batchSize: 256,
    schedule: { kind: 'steps', initial: 0.1, dropAt: [1 / 3, 2 / 3], factor: 0.1, warmUpSteps: 0 },
    augmentation: [
      { kind: 'rescale-crop', smallest: 256, largest: 480 },
      { kind: 'flip' },
      { kind: 'pca-colour', deviation: 0.1 },
    ],
  },
} as const satisfies Changes;

export const smallRecipe: Recipe = {
  ...cifarRecipe,
  batchSize: 64,
  optimizer: { ...cifarRecipe.optimizer, weightDecay: 5e-4 },
  schedule: { ...cifarRecipe.schedule, initial: 0.05 },
  normalisation: { kind: 'mean-deviation' },
  augmentation: [{ kind: 'rescale-crop', smallest: 18, largest: 18 }, { kind: 'flip' }],
};

const common = { dataset: 'cifar10', startFromTrained: true } as const;
const options = { input: [3, 16, 16], width: 1 / 2 } as const;

export const smoke: Profile = {
  ...common,
  purpose: 'Proves the plumbing in seconds; the nets learn next to nothing, and no number means anything.',
  subset: { train: 100, test: 100 },
  options: { ...options, width: 1 / 4 },
  recipe: { ...smallRecipe, epochs: 2, batchSize: 50 },
  seeds: 1,
};

export const quick: Profile = {
  ...common,
  purpose: 'A first look: narrow nets that have begun to learn 16-pixel images; too few seeds for a verdict.',
  subset: { train: 2000, test: 1000 },
  options,
  recipe: { ...smallRecipe, epochs: 4 },
  seeds: 3,
};

export const reduced: Profile = {
  ...common,
  purpose:
    'Nets of half their width on 5,000 images of 16 pixels over 10 paired seeds: enough for verdicts on differences of a point or two.',
  subset: { train: 5000, test: 2000 },
  options,
  recipe: { ...smallRecipe, epochs: 12 },
  seeds: 10,
};

export const paper: Profile = {
  ...common,
  purpose: 'The published networks and recipe, for GPUs.',
  subset: { train: 50_000, test: 10_000 },
  options: { input: [3, 32, 32] },
  recipe: cifarRecipe,
  seeds: 5,
};

/** A net on CIFAR-10 in the place of one on ImageNet: a small size's own data, images and recipe again. */
export function inPlaceOfImageNet(model: string, { dataset, subset, options, recipe }: Profile): Changes {
  return { model, dataset, subset, options: { ...options, classes: 10 }, recipe };
}
