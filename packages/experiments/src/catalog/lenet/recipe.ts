/**
 * LeNet-5's recipe (LeCun, Bottou, Bengio and Haffner 1998, section III.B) and the small one.
 *
 * The paper's method, a stochastic diagonal Levenberg-Marquardt that scales every weight's rate by its curvature, is not here: plain
 * descent pattern by pattern stands for it, with drops where its global rate has them (after passes 2, 5, 8 and 12 of 20, to 0.4, 0.2,
 * 0.1 and 0.02 of the first: a factor of 0.4 each time comes near). The output is a softmax instead of radial basis functions,
 * weights start by Glorot's rule instead of uniformly within 2.4 over the fan-in, and levels are in units of deviation.
 *
 * The small recipe takes batches of 64 with momentum: on 10,000 digits as many steps of one pattern each would take hours.
 */
import type { Augmentation } from '@strata/core/data';
import type { Recipe } from '@strata/core/training';
import type { Profile } from '../experiment.js';

/** Planar affine distortions (section III.B); the paper gives no ranges. */
export const DISTORTIONS: readonly Augmentation[] = [
  { kind: 'affine', translate: 2, scale: 0.1, squeeze: 0.1, shear: 0.1 },
];

export const paperRecipe: Recipe = {
  epochs: 20,
  batchSize: 1,
  optimizer: {
    kind: 'sgd',
    form: 'scaled-update',
    momentum: 0,
    nesterov: false,
    weightDecay: 0,
    decayOn: 'all',
  },
  schedule: { kind: 'steps', initial: 0.01, dropAt: [0.1, 0.25, 0.4, 0.6], factor: 0.4, warmUpSteps: 0 },
  initialisation: { kind: 'glorot', bias: 0 },
  normalisation: { kind: 'mean-deviation' },
  augmentation: [],
};

export const smallRecipe: Recipe = {
  ...paperRecipe,
  batchSize: 64,
  optimizer: { ...paperRecipe.optimizer, momentum: 0.9 },
  schedule: { kind: 'steps', initial: 0.02, dropAt: [0.6, 0.85], factor: 0.2, warmUpSteps: 0 },
};

const digits = { dataset: 'mnist', options: { input: [1, 28, 28] }, startFromTrained: false } as const;

export const smoke: Profile = {
  ...digits,
  purpose: 'Proves the plumbing in seconds; the nets learn next to nothing, and no number means anything.',
  subset: { train: 200, test: 100 },
  recipe: { ...smallRecipe, epochs: 2, batchSize: 20 },
  seeds: 1,
};

export const quick: Profile = {
  ...digits,
  purpose: 'A first look: nets that know most digits; too few seeds for a verdict.',
  subset: { train: 3000, test: 1000 },
  recipe: { ...smallRecipe, epochs: 6 },
  seeds: 3,
};

export const reduced: Profile = {
  ...digits,
  purpose:
    'The published nets on a sixth of the digits over 10 paired seeds: verdicts on differences of half a point.',
  subset: { train: 10_000, test: 2000 },
  recipe: { ...smallRecipe, epochs: 20 },
  seeds: 10,
};

export const paper: Profile = {
  ...digits,
  purpose: 'The published nets on all of MNIST, 20 passes pattern by pattern.',
  subset: { train: 60_000, test: 10_000 },
  recipe: paperRecipe,
  seeds: 10,
};
