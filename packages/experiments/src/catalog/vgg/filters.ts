/**
 * VGG (Simonyan and Zisserman 2014, arXiv:1409.1556), section 4.1: are pairs of 3x3 layers better than one 5x5 layer that sees
 * as far?
 *
 * Paper, top-1 error on a centre crop: the shallow net is 7 points worse than B; absolute errors are not given. Section 2.3: three
 * 3x3 layers have 27 C² weights, one 7x7 layer 49 C², which is 81 % more.
 *
 * At 32 pixels padding fills most of what a 5x5 filter sees of the last maps, so the small profiles train on photographs (see
 * photographs.ts). B starts from drawn weights there, as the shallow net does: from a trained A it would have had two trainings.
 * A gate asks that both have learnt their images, since the deeper net is the later one.
 *
 *   npx nx run experiments:vgg-filters
 */

import type { Claim } from '../claims.js';
import type { Experiment } from '../experiment.js';
import { haveLearnt } from '../gates.js';
import { vggDepth } from './depth.js';
import { photographProfiles } from './photographs.js';

const { smoke, quick, reduced } = photographProfiles;

const claims: readonly Claim[] = [
  {
    id: 'vgg-small-filters',
    kind: 'lower',
    a: 'B',
    b: 'B-shallow-5x5',
    gates: haveLearnt(30, 'B', 'B-shallow-5x5'),
    proxy: 'narrow nets on 64-pixel crops of ten classes for the published ones on ImageNet',
  },
  {
    id: 'vgg-stack-cheaper',
    kind: 'count',
    quantity: 'parameters',
    a: 'B',
    b: 'B-shallow-5x5',
    is: 'fewer',
    proxy:
      'whole nets with two 3x3 layers against one 5x5 (18 C² and 25 C²) for three against one 7x7 (27 C² and 49 C²)',
  },
];

export const vggFilters: Experiment = {
  name: 'vgg-filters',
  title: 'VGG: small filters',
  paper: 'vgg',
  table: 'vgg-text-5x5',
  shows: 'A deep net with small filters beats a shallow one with larger filters that sees as far.',
  claims,
  variants: [
    { name: 'B', model: 'vgg-b' },
    { name: 'B-shallow-5x5', model: 'vgg-b-5x5' },
  ],
  profiles: {
    smoke: { ...smoke, purpose: 'Proves the plumbing in seconds; no number means anything.' },
    quick: {
      ...quick,
      purpose: 'A first look: sixteenth-width nets on 1000 photographs; too few seeds for a verdict.',
    },
    reduced: {
      ...reduced,
      purpose:
        'Eighth-width nets on 1500 photographs over 10 paired seeds: enough for a difference of some points.',
    },
    paper: {
      ...vggDepth.profiles.paper,
      startFromTrained: false,
      purpose: 'The published networks and recipe on ImageNet, for GPUs; B from drawn weights.',
    },
  },
};
