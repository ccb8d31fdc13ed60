/**
 * The recipe of Wide ResNet (Zagoruyko and Komodakis 2016, arXiv:1605.07146, section 3) and the sizes that its tables share.
 *
 * The published drops at epochs 60, 120 and 160 of 200 stay at these fractions at every size. Initialisation by He's rule and
 * convolutions without biases are those of the authors' code. The paper reports medians of 5 runs.
 *
 * What the small sizes change, one rule for all variants of a table:
 * - Images are rescaled to 18 pixels and cropped to 16, so that a net costs a quarter. The maps of the groups have 16, 8 and 4
 *   pixels. This crop takes the place of reflected padding.
 * - Inputs are normalised by mean and deviation: whitening keeps the fine detail that rescaling takes away.
 * - Batches of 64 give enough steps in few epochs; the rate is halved with the batch.
 */
import type { Recipe } from '@strata/core/training';
import type { Profile } from '../experiment.js';

/** Whitening after global contrast normalisation: tables 2, 3 and 4. */
export const zcaRecipe: Recipe = {
  epochs: 200,
  batchSize: 128,
  optimizer: {
    kind: 'sgd',
    form: 'scaled-update',
    momentum: 0.9,
    nesterov: true,
    weightDecay: 5e-4,
    decayOn: 'all',
  },
  schedule: { kind: 'steps', initial: 0.1, dropAt: [0.3, 0.6, 0.8], factor: 0.2, warmUpSteps: 0 },
  initialisation: { kind: 'msra', bias: 0 },
  normalisation: { kind: 'zca', scale: 55, bias: 0.1 },
  augmentation: [{ kind: 'pad-crop', pad: 4, mode: 'reflect' }, { kind: 'flip' }],
};

/** Tables 5 and 6. */
export const meanDeviationRecipe: Recipe = { ...zcaRecipe, normalisation: { kind: 'mean-deviation' } };

export const smallRecipe: Recipe = {
  ...meanDeviationRecipe,
  batchSize: 64,
  schedule: { ...zcaRecipe.schedule, initial: 0.05 },
  augmentation: [{ kind: 'rescale-crop', smallest: 18, largest: 18 }, { kind: 'flip' }],
};

const common = { dataset: 'cifar10', startFromTrained: true } as const;

export const smoke: Profile = {
  ...common,
  purpose: 'Proves the plumbing in seconds; the nets learn next to nothing, and no number means anything.',
  subset: { train: 100, test: 100 },
  options: { input: [3, 16, 16], width: 1 / 8 },
  recipe: { ...smallRecipe, epochs: 2, batchSize: 50 },
  seeds: 1,
};

export const quick: Profile = {
  ...common,
  purpose: 'A first look: narrow nets that have begun to learn 16-pixel images; too few seeds for a verdict.',
  subset: { train: 2000, test: 1000 },
  options: { input: [3, 16, 16], width: 1 / 8 },
  recipe: { ...smallRecipe, epochs: 5 },
  seeds: 3,
};

export const reduced: Profile = {
  ...common,
  purpose:
    'Narrow nets on 10,000 images of 16 pixels over 10 paired seeds: enough for verdicts on differences of a point or two.',
  subset: { train: 10_000, test: 2000 },
  options: { input: [3, 16, 16], width: 1 / 8 },
  recipe: { ...smallRecipe, epochs: 15 },
  seeds: 10,
};

export const paper: Profile = {
  ...common,
  purpose: 'The published networks and recipe, for a GPU: medians of 5 runs, as in the paper.',
  subset: { train: 50_000, test: 10_000 },
  options: { input: [3, 32, 32] },
  recipe: zcaRecipe,
  seeds: 5,
};
