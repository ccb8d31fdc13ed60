/**
 * ResNet (He, Zhang, Ren and Sun 2015, arXiv:1512.03385), figure 7 and section 4.1: responses of layers of plain and residual nets.
 *
 * Paper: standard deviations of the outputs of each 3x3 convolution after batch norm, before ReLU and addition, on CIFAR-10: smaller in
 * residual nets than in plain ones, and smaller the deeper the residual net (20, 56, 110). The numbers stand in a figure only. The
 * forward and backward signals of plain nets with batch norm do not vanish, which is said without numbers.
 *
 * Measured on trained nets, on a batch of clean training images with the batch's own statistics: deviations of the outputs of these
 * layers, whose mean over a net is its response, and norms of the loss's gradient there. At small sizes nets have half their width, 16-pixel images.
 *
 * How the traps are met: a net that has learnt nothing responds by its initialisation alone, so the shallow nets must have learnt. The deep
 * plain net need not: that it learns worse is the paper's own finding (`resnet-degradation`), and its signals are what is asked for.
 *
 *   npx nx run experiments:resnet-responses
 */
import type { Claim } from '../claims.js';
import type { Experiment } from '../experiment.js';
import { haveLearnt } from '../gates.js';
import { paper, quick, reduced, smoke } from './recipe.js';

const PROXY = 'nets of half their width on 16-pixel images';

/**
 * The limits on signals: a gradient that lost a tenth at every convolution would be smaller by 0.9 decades after 20 of them, and by
 * 2.5 after 56. The bound is one decade at either depth. Batch norm gives outputs a deviation of one at first; a tenth of it is left at least.
 */
const claims: readonly Claim[] = [
  {
    id: 'resnet-small-responses',
    kind: 'all',
    of: [
      { kind: 'lower', a: 'ResNet-20', b: 'plain-20', metric: 'response' },
      { kind: 'lower', a: 'ResNet-56', b: 'plain-56', metric: 'response' },
      { kind: 'order', falling: ['ResNet-20', 'ResNet-56', 'ResNet-110'], metric: 'response' },
    ],
    gates: haveLearnt(60, 'plain-20', 'ResNet-20'),
    proxy: PROXY,
  },
  {
    id: 'resnet-not-vanishing',
    kind: 'all',
    of: ['plain-20', 'plain-56'].flatMap(term => [
      { kind: 'threshold' as const, term, is: 'below' as const, value: 1, metric: 'fading' as const },
      { kind: 'threshold' as const, term, is: 'above' as const, value: 0.1, metric: 'response' as const },
    ]),
    gates: haveLearnt(60, 'plain-20'),
    proxy: PROXY,
  },
];

export const resnetResponses: Experiment = {
  name: 'resnet-responses',
  title: 'ResNet: responses of layers',
  paper: 'resnet',
  shows:
    'Layers of residual nets respond more weakly than those of plain nets, the more so the deeper they are.',
  claims,
  variants: [
    { name: 'plain-20', model: 'plain-20' },
    { name: 'plain-56', model: 'plain-56' },
    { name: 'ResNet-20', model: 'resnet-20' },
    { name: 'ResNet-56', model: 'resnet-56' },
    { name: 'ResNet-110', model: 'resnet-110' },
  ],
  measuresResponses: true,
  profiles: { smoke, quick, reduced, paper },
};
