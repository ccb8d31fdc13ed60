/**
 * ResNet (He, Zhang, Ren and Sun 2015, arXiv:1512.03385), section 4.2: a short warm-up for the net of 110 layers on CIFAR-10.
 *
 * Paper: a rate of 0.1 is slightly too large for it to start converging; 0.01 until the training error is below 80 %, about 400 steps,
 * starts it, then 0.1 again. By a footnote, with 0.1 from the start it begins to converge after several epochs and still reaches
 * a similar accuracy. Its error with the warm-up is 6.43 (mean of five 6.61, deviation 0.16).
 *
 * How the traps are met: both start from the same weights. The warm-up ends after the first epoch whose training error is below 80 %,
 * as it does in the paper; epochs of small sizes are shorter, and so is the warm-up. Narrow nets on small images may start at 0.05 at
 * once, in which case there is nothing to warm up, and the claim is opposed. The end is compared where both have learnt.
 *
 *   npx nx run experiments:resnet-warmup
 */
import type { Claim } from '../claims.js';
import type { Experiment } from '../experiment.js';
import { haveLearnt } from '../gates.js';
import { paper, quick, reduced, smoke } from './recipe.js';

/** Margin: a point, six times the published deviation between seeds, is well above "similar". The target: off chance, early on. */
const claims: readonly Claim[] = [
  {
    id: 'resnet-110-warmup',
    kind: 'all',
    of: [
      { kind: 'sooner', a: 'warm-up', b: 'none', curve: 'trainError', target: 75 },
      { kind: 'no-difference', a: 'warm-up', b: 'none', margin: 1 },
    ],
    gates: haveLearnt(50, 'warm-up', 'none'),
    proxy: 'ResNet-110 of half its width on 16-pixel images, a rate of 0.05 after 0.005',
  },
];

/** A tenth of the small rate, as 0.01 is of 0.1. */
const small = { variants: { 'warm-up': { recipe: { schedule: { warmUp: { rate: 0.005 } } } } } };

export const resnetWarmup: Experiment = {
  name: 'resnet-warmup',
  title: 'ResNet: a warm-up for 110 layers',
  paper: 'resnet',
  table: 'resnet-table-6',
  shows: 'A short warm-up makes a net of 110 layers start sooner, and changes little in the end.',
  claims,
  variants: [
    {
      name: 'warm-up',
      model: 'resnet-110',
      recipe: { schedule: { warmUp: { rate: 0.01, trainError: 80 } } },
      paperRow: { method: 'ResNet', layers: 110 },
    },
    { name: 'none', model: 'resnet-110' },
  ],
  profiles: {
    smoke: { ...smoke, ...small },
    quick: { ...quick, ...small },
    reduced: { ...reduced, ...small, recipe: { ...reduced.recipe, epochs: 20 } },
    paper,
  },
};
