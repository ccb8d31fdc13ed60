/**
 * AlexNet (Krizhevsky, Sutskever and Hinton 2012), section 5: biases of 1 in conv2, conv4, conv5 and the hidden dense layers.
 *
 * Paper, without a number: "This initialization accelerates the early stages of learning by providing the ReLUs with positive inputs."
 *
 * It belongs to the paper's own start, weights from N(0, 0.01²) on mean-subtracted pixels of the 0–255 scale, so that the small
 * sizes keep that start, LRN's alpha and the rate of 0.01 too. The deviation is divided by the square root of the width; the dense
 * layers keep their share of units, yet fc6 sees 36 times fewer inputs for the smaller maps, a signal six times weaker.
 * Early is the first half of the training, by its loss; the rate does not drop in it, nor does it warm up. The gate asks
 * that the net with biases of 1 learns at all.
 *
 *   npx nx run experiments:alexnet-bias
 */

import { ALEXNET_BIAS_ONE } from '@strata/core/models';
import type { Experiment, Profile } from '../experiment.js';
import { haveLearnt } from '../gates.js';
import { PROXY, paper, paperRecipe, quick, reduced, smoke } from './recipe.js';

const EARLY_LOSS = { curve: 'trainLoss', from: 0, to: 0.5, feature: 'mean' } as const;

function asPublished({ options, recipe, ...profile }: Profile, width: number, epochs: number): Profile {
  const { input, stride = 1 } = options;
  return {
    ...profile,
    options: { input, stride, width, dropout: 0.2 },
    recipe: {
      ...recipe,
      epochs,
      schedule: { kind: 'steps', initial: 0.01, dropAt: [0.6, 0.85], factor: 0.1, warmUpSteps: 0 },
      initialisation: { kind: 'gaussian', deviation: 0.01, width, bias: 0 },
      normalisation: { kind: 'mean' },
    },
  };
}

export const alexNetBias: Experiment = {
  name: 'alexnet-bias',
  title: 'AlexNet: biases of one',
  paper: 'alexnet',
  shows: 'Nets whose ReLUs start with positive inputs learn sooner.',
  claims: [
    {
      id: 'alexnet-bias-one',
      kind: 'lower',
      a: 'biases of one',
      b: 'biases of zero',
      metric: EARLY_LOSS,
      gates: haveLearnt(75, 'biases of one'),
      proxy: PROXY,
    },
  ],
  variants: [
    { name: 'biases of one', model: 'alexnet', recipe: { initialisation: { biasOne: ALEXNET_BIAS_ONE } } },
    { name: 'biases of zero', model: 'alexnet' },
  ],
  profiles: {
    smoke: asPublished(smoke, 1 / 16, 2),
    quick: asPublished(quick, 1 / 8, 6),
    reduced: asPublished(reduced, 1 / 4, 10),
    paper: {
      ...paper,
      recipe: { ...paperRecipe, initialisation: { kind: 'gaussian', deviation: 0.01, width: 1, bias: 0 } },
    },
  },
};
