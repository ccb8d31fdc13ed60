/**
 * Wide ResNet (Zagoruyko and Komodakis 2016, arXiv:1605.07146), tables 4 and 5: inputs by mean and deviation against ZCA whitening.
 *
 * Paper, error on CIFAR-10 by mean and deviation (table 5) and whitened (table 4): 40-4 4.53 and 4.97, 16-8 4.27 and 4.81, 28-10
 * 4.00 and 4.17. The table's numbers here are those of table 5; whitened rows have theirs in `wrn-width`.
 *
 * How the traps are met: whitening is about fine detail, so that images keep their 32 pixels and the crops their reflected padding.
 * It is fitted to the training images alone; of 10,000 images the covariance of 3,072 values is rougher than of 50,000. Depth goes
 * down to 22, 10 and 16 layers and the first group to 8 to 10 channels; comparisons are gated on the training errors of both sides.
 *
 *   npx nx run experiments:wrn-preprocessing
 */
import type { Normalisation } from '@strata/core/data';
import type { Claim } from '../claims.js';
import type { Changes, Experiment, Profile, Variant } from '../experiment.js';
import { haveLearnt } from '../gates.js';
import { meanDeviationRecipe, paper, quick, reduced, smoke, zcaRecipe } from './recipe.js';

const nets = ['40-4', '16-8', '28-10'] as const;
const whitened = (net: string): string => `${net} whitened`;

const variants: readonly Variant[] = nets.flatMap(net => [
  {
    name: net,
    model: `wrn-${net}`,
    paperRow: { method: 'WRN', depth_k: net },
    paperColumn: 'cifar10',
  },
  {
    name: whitened(net),
    model: `wrn-${net}`,
    recipe: { normalisation: zcaRecipe.normalisation as Normalisation },
  },
]);

const smallNets: Readonly<Record<(typeof nets)[number], Changes>> = {
  '40-4': { model: 'wrn-22-4', options: { width: 1 / 8 } },
  '16-8': { model: 'wrn-10-8', options: { width: 1 / 8 } },
  '28-10': { model: 'wrn-16-10', options: { width: 1 / 16 } },
};

const smaller: Readonly<Record<string, Changes>> = Object.fromEntries(
  nets.flatMap(net => [
    [net, smallNets[net]],
    [whitened(net), smallNets[net]],
  ]),
);

/** Fitting the covariance of 3,072 values takes longer than a smoke run may: only the first half of whitening. */
const unwhitened: Readonly<Record<string, Changes>> = {
  ...smaller,
  ...Object.fromEntries(
    nets.map(net => [
      whitened(net),
      { ...smallNets[net], recipe: { normalisation: { kind: 'gcn', scale: 55 } } },
    ]),
  ),
};

const claims: readonly Claim[] = [
  {
    id: 'wrn-meanstd-better',
    kind: 'all',
    of: nets.map(net => ({ kind: 'lower', a: net, b: whitened(net) })),
    gates: haveLearnt(60, ...nets, ...nets.map(whitened)),
    proxy:
      'nets of 22, 10 and 16 layers with 8 to 16 channels in their first group for WRN-40-4, 16-8 and 28-10',
  },
];

function at32Pixels(profile: Profile): Profile {
  const { options, recipe } = profile;
  return {
    ...profile,
    options: { ...options, input: [3, 32, 32] },
    recipe: { ...recipe, augmentation: zcaRecipe.augmentation },
    variants: smaller,
  };
}

/** All images: whitening 3,072 values needs more than that many. */
const reducedAt32: Profile = {
  ...at32Pixels(reduced),
  purpose:
    'Narrow nets on 10,000 images over 10 paired seeds: enough for verdicts on differences of a point or two.',
  recipe: { ...at32Pixels(reduced).recipe, epochs: 6 },
};

export const wrnPreprocessing: Experiment = {
  name: 'wrn-preprocessing',
  title: 'Wide ResNet: mean and deviation, or whitening',
  paper: 'wrn',
  table: 'wrn-table-5',
  shows: 'Inputs normalised by mean and deviation give lower errors than whitened ones.',
  claims,
  variants,
  profiles: {
    smoke: { ...at32Pixels(smoke), variants: unwhitened },
    quick: { ...at32Pixels(quick), recipe: { ...at32Pixels(quick).recipe, epochs: 3 } },
    reduced: reducedAt32,
    paper: { ...paper, recipe: meanDeviationRecipe },
  },
};
