/**
 * VGG (Simonyan and Zisserman 2014, arXiv:1409.1556), table 3, rows A and A-LRN, and section 4.1: does local response
 * normalisation help, and what does it cost?
 *
 * Paper, top-1 / top-5 error on ILSVRC-2012 validation at S = Q = 256: A 29.6 / 10.4, A-LRN 29.7 / 10.5; no numbers on cost,
 * only that the layer "leads to increased memory consumption and computation time" (section 2.1).
 *
 * The networks and recipes are those of `vgg-depth` at every size, so that both tables share their runs in one store. LRN's alpha
 * assumes pixels on the 0–255 scale: the small profiles, whose inputs have unit deviation, multiply it by the pixels'
 * deviation squared. A net that has not learnt its images cannot tell whether LRN helps: the gate asks for A's training error.
 * Memory is counted in the published networks; time is measured by `strata time vgg-lrn`, on one's own machine.
 *
 *   npx nx run experiments:vgg-lrn
 */

import type { Claim } from '../claims.js';
import type { Experiment } from '../experiment.js';
import { haveLearnt } from '../gates.js';
import { vggDepth } from './depth.js';

const { smoke, quick, reduced, paper } = vggDepth.profiles;

/**
 * AlexNet reports gains of 1.4 and 1.2 points from LRN, so a gain that stays below one point is no gain of that kind; with ten
 * classes the top-5 error is a few percent, and half a point of it counts.
 */
const claims: readonly Claim[] = [
  {
    id: 'vgg-lrn-no-gain',
    kind: 'all',
    of: [
      { kind: 'no-gain', a: 'A-LRN', b: 'A', margin: 1 },
      { kind: 'no-gain', a: 'A-LRN', b: 'A', margin: 0.5, metric: 'top5Error' },
    ],
    gates: haveLearnt(30, 'A'),
    proxy: 'narrow nets on 32-pixel images for the published ones on ImageNet',
  },
  {
    id: 'vgg-lrn-cost',
    kind: 'all',
    of: [
      { kind: 'count', quantity: 'trainingBytes', a: 'A', b: 'A-LRN', is: 'fewer' },
      { kind: 'speed', a: 'A', b: 'A-LRN' },
    ],
  },
];

export const vggLrn: Experiment = {
  name: 'vgg-lrn',
  title: 'VGG: local response normalisation',
  paper: 'vgg',
  table: 'vgg-table-3',
  shows: 'Local response normalisation gains nothing, and costs memory and time.',
  claims,
  variants: vggDepth.variants.filter(({ name }) => name === 'A' || name === 'A-LRN'),
  profiles: {
    smoke: { ...smoke, purpose: 'Proves the plumbing in seconds; no number means anything.' },
    quick: {
      ...quick,
      purpose: 'A first look at narrow nets that have begun to learn; too few seeds for a verdict.',
    },
    reduced: {
      ...reduced,
      purpose: 'Narrow nets over 10 paired seeds: enough for a verdict on a point or two.',
    },
    paper: { ...paper, purpose: 'The published networks and recipe on ImageNet, for GPUs.' },
  },
};
