/**
 * ResNet (He, Zhang, Ren and Sun 2015, arXiv:1512.03385), table 6: depth of residual nets on CIFAR-10.
 *
 * Paper, error: 20 layers 8.75, 32 7.51, 44 7.17, 56 6.97, 110 6.43 (the best of 5; mean 6.61, deviation 0.16), 1202 7.93. The
 * numbers of FitNet and Highway are those of others.
 *
 * How the traps are met: a deep net that is late looks worse than it is, so that the order is gated on the deepest net's training
 * error. Half the width leaves the deepest of the small sizes, 110 layers, at 16-pixel images and a batch of 64; the one of 1202
 * layers is trained at paper size only. The warm-up of the 110-layer net (`resnet-warmup`) is part of its recipe at paper size.
 *
 *   npx nx run experiments:resnet-depth
 */
import type { Claim } from '../claims.js';
import type { Experiment, Variant } from '../experiment.js';
import { haveLearnt } from '../gates.js';
import { paper, quick, reduced, smoke } from './recipe.js';

const depths = [20, 32, 44, 56, 110, 1202] as const;

/** 0.01 until the training error is below 80 %, about 400 steps. */
const warmUp = { rate: 0.01, trainError: 80 } as const;

const variants: readonly Variant[] = depths.map(layers => ({
  name: `ResNet-${layers}`,
  model: `resnet-${layers}`,
  ...(layers >= 110 && { recipe: { schedule: { warmUp } } }),
  paperRow: { method: 'ResNet', layers },
}));

const claims: readonly Claim[] = [
  {
    id: 'resnet-cifar-depth',
    kind: 'order',
    falling: ['ResNet-20', 'ResNet-32', 'ResNet-44', 'ResNet-56', 'ResNet-110'],
    gates: haveLearnt(50, 'ResNet-20', 'ResNet-56', 'ResNet-110'),
    proxy: 'nets of half their width on 16-pixel images',
  },
  {
    id: 'resnet-1202-worse',
    kind: 'needs-paper-scale',
    why: 'A net of 1202 layers has to learn all its training images first, which takes a GPU some days.',
    statement: {
      kind: 'all',
      of: [
        { kind: 'lower', a: 'ResNet-110', b: 'ResNet-1202' },
        { kind: 'threshold', term: 'ResNet-1202', is: 'below', value: 0.1, metric: 'trainError' },
      ],
    },
  },
  {
    id: 'resnet-fewer-params',
    kind: 'needs-paper-scale',
    why: 'The errors of FitNet (8.39 %) and Highway (7.54 %) are those of others on all of CIFAR-10: only the published training can be held against them. That 1.7 million parameters are fewer than 2.5 and 2.3 is counted there too.',
    statement: {
      kind: 'all',
      of: [
        // Highway's of 19 layers, the smaller of the two.
        { kind: 'count', quantity: 'parameters', a: 'ResNet-110', b: 2_300_000, is: 'fewer' },
        { kind: 'threshold', term: 'ResNet-110', is: 'below', value: 7.54 },
      ],
    },
  },
];

const without = ['ResNet-1202'];

export const resnetDepth: Experiment = {
  name: 'resnet-depth',
  title: 'ResNet: depth on CIFAR-10',
  paper: 'resnet',
  table: 'resnet-table-6',
  shows: 'The error of residual nets falls from 20 to 110 layers, and rises again at 1202.',
  claims,
  variants,
  profiles: {
    smoke: { ...smoke, without },
    quick: { ...quick, without, recipe: { ...quick.recipe, epochs: 3 } },
    reduced: { ...reduced, without },
    paper,
  },
};
