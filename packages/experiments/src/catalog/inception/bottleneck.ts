/**
 * Inception v1 (Szegedy et al. 2014, arXiv:1409.4842), section 4, figure 2: 1x1 layers that reduce the maps before 3x3 and 5x5, and
 * after pooling, against modules without.
 *
 * Paper: the 5x5 branch of module 3a takes 120.4 million multiplications directly and 12.4 million by 16 maps, 9.7 times fewer. The
 * course's lecture adds that shrinking "within reason" does not hurt. No errors are given.
 *
 * A whole net without reductions takes 12.6 thousand million multiply-adds against 1.6: no single branch is counted here, and "about
 * tenfold" not tested, only "fewer". Whether accuracy suffers is asked at an eighth of the width, where the net without reductions
 * can still be trained; its channels shrink to two there at the narrowest. Auxiliary heads help both to learn.
 *
 *   npx nx run experiments:inception-bottleneck
 */

import type { Claim } from '../claims.js';
import type { Experiment } from '../experiment.js';
import { haveLearnt } from '../gates.js';
import { INCEPTION_PROXY, inceptionProfiles } from './recipe.js';

const { smoke, quick, reduced, paper } = inceptionProfiles(1 / 8);

/** One point: what the average-pooling head gains is 0.6, so that a loss of one would be worth a sentence in the paper. */
const claims: readonly Claim[] = [
  {
    id: 'googlenet-bottleneck',
    kind: 'count',
    quantity: 'multiplyAdds',
    a: 'GoogLeNet',
    b: 'no reductions',
    is: 'fewer',
    proxy: 'the whole network for the 5x5 branch of one module, and fewer for a tenth',
  },
  {
    id: 'course-shrink-ok',
    kind: 'no-gain',
    a: 'no reductions',
    b: 'GoogLeNet',
    margin: 1,
    gates: haveLearnt(40, 'GoogLeNet', 'no reductions'),
    proxy: INCEPTION_PROXY,
  },
];

export const inceptionBottleneck: Experiment = {
  name: 'inception-bottleneck',
  title: 'Inception: 1x1 reductions',
  paper: 'googlenet',
  table: 'bottleneck-example',
  shows: 'Reducing the maps by 1x1 layers saves most multiplications and does not hurt.',
  claims,
  variants: [
    { name: 'GoogLeNet', model: 'inception-v1' },
    { name: 'no reductions', model: 'inception-v1', options: { reductions: false } },
  ],
  profiles: {
    smoke: { ...smoke, purpose: 'Proves the plumbing in seconds; no number means anything.' },
    quick: {
      ...quick,
      purpose: 'A first look: eighth-width nets on 1000 photographs; too few seeds for a verdict.',
    },
    reduced: { ...reduced, purpose: 'Eighth-width nets on 1500 photographs over 10 paired seeds.' },
    paper: { ...paper, purpose: 'Inception v1 with and without reductions on ImageNet, for GPUs.' },
  },
};
