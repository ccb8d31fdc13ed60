/**
 * VGG (Simonyan and Zisserman 2014, arXiv:1409.1556), section 3.1: a bad random start can stall the learning of deep nets, so that D starts from A's first four convolutions and its fully connected layers, the rest from
 * N(0, 0.1²). A footnote adds that Glorot's rule does without. The paper gives no numbers.
 *
 * Stalling is a matter of the first epochs, so the runs are short: a stalled net has a training error near chance (90 % of ten
 * classes), one that learns is far below 80 %. Which seeds stall is compared exactly; diverged ones count as they end.
 * A deviation fixed by hand changes its gain with the width, so that it is divided by the width's square root. It is half the paper's
 * at full width: calculated gains of 0.9 to 2.4 a layer, where the paper's own would be up to 4.8. That A's eight convolutions bear
 * this and D's thirteen may not is expected, not yet seen: try it on seeds that are not used again before the first verdicts. Inputs have unit deviation. A and the fresh layers of
 * "D, from A" start by the same rule as "D, random".
 *
 *   npx nx run experiments:vgg-init
 */

import type { Initialisation, Recipe } from '@strata/core/training';
import type { Claim } from '../claims.js';
import type { Experiment, Variant } from '../experiment.js';
import { haveLearnt } from '../gates.js';
import { vggDepth } from './depth.js';

const { smoke, quick, reduced, paper } = vggDepth.profiles;

const startsFrom = {
  variant: 'A',
  layers: ['conv1_1', 'conv2_1', 'conv3_1', 'conv3_2', 'fc1', 'fc2', 'fc3'],
} as const;

const variants: readonly Variant[] = [
  { name: 'A', model: 'vgg-a' },
  { name: 'D, from A', model: 'vgg-d', startsFrom },
  { name: 'D, random', model: 'vgg-d' },
  { name: 'D, Glorot', model: 'vgg-d', recipe: { initialisation: { kind: 'glorot', bias: 0 } } },
  { name: 'D, He', model: 'vgg-d', recipe: { initialisation: { kind: 'msra', bias: 0 } } },
];

const claims: readonly Claim[] = [
  {
    id: 'vgg-init-from-A',
    kind: 'rate',
    a: 'D, from A',
    b: 'D, random',
    event: { metric: 'trainError', above: 80 },
    paired: true,
    gates: haveLearnt(70, 'A'),
    proxy:
      'narrow nets on 32-pixel images of ten classes, and half the deviation, for the published ones on ImageNet',
  },
];

function fixedDeviation(width: number): Initialisation {
  return { kind: 'gaussian', deviation: 0.05, width, bias: 0 };
}

function started(recipe: Recipe, width: number, changes: Partial<Recipe> = {}): Recipe {
  return { ...recipe, ...changes, initialisation: fixedDeviation(width) };
}

export const vggInit: Experiment = {
  name: 'vgg-init',
  title: 'VGG: how deep nets start',
  paper: 'vgg',
  shows: 'A deep net started from a shallower trained one learns where a bad random start stalls.',
  claims,
  variants,
  profiles: {
    smoke: {
      ...smoke,
      recipe: started(smoke.recipe, 1 / 16),
      purpose: 'Proves the plumbing in seconds; no number means anything.',
    },
    quick: {
      ...quick,
      subset: { train: 2000, test: 500 },
      recipe: started(quick.recipe, 1 / 8),
      purpose: 'A first look at who stalls, on 2000 images; too few seeds for a verdict.',
    },
    reduced: {
      ...reduced,
      subset: { train: 5000, test: 1000 },
      recipe: started(reduced.recipe, 1 / 4, { epochs: 8 }),
      purpose:
        'Short trainings of quarter-width nets on 5000 images over 10 seeds: who has stalled, not who is best.',
    },
    paper: {
      ...paper,
      purpose: 'A and D of the paper on ImageNet by the published start, by Glorot and by He, for GPUs.',
    },
  },
};
