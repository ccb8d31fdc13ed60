/**
 * Inception v1 (Szegedy et al. 2014, arXiv:1409.4842), table 3 and section 7: how many crops of an image, and how many networks, are
 * averaged. 144 crops: four scales (256, 288, 320, 352), three squares of each, six crops of a square, and mirror images.
 *
 * Paper, top-5 error on validation, one net: 10.07 by 1 crop, 9.15 by 10, 7.89 by 144; seven nets: 8.09, 7.62, 6.67.
 *
 * The nets are those of inception-heads; the ten crops are AlexNet's, since the paper does not say which. Its seven nets had equal initial
 * weights and one was wider: here each has a seed of its own. Small sizes average two nets, five pairs of which make ten seeds,
 * none used twice. With ten classes the claims are on top-1, paired by network and by image. "With falling returns" is not tested: from
 * 10 crops to 144 the paper itself gains more than from 1 to 10, though less a crop.
 *
 *   npx nx run experiments:inception-crops
 */

import type { Claim, EvaluatedTerm } from '../claims.js';
import type { Ensemble, Experiment, TableEvaluation } from '../experiment.js';
import { haveLearnt } from '../gates.js';
import { INCEPTION_PROXY, inceptionProfiles, scalesAt } from './recipe.js';

const { smoke, quick, reduced, paper } = inceptionProfiles(1 / 4);

const NET = 'one net';
const NETS = 'several nets';

function severalNets(seeds: number): readonly Ensemble[] {
  return [{ name: NETS, variants: [NET], seeds, paperRow: { models: 7 } }];
}

function evaluations(size: 'small' | 'paper'): readonly TableEvaluation[] {
  const one = scalesAt(size, 256);
  return [
    {
      name: '1 crop',
      protocol: { kind: 'centre-crop', scales: one },
      split: 'test',
      paperRow: { crops: 1 },
    },
    {
      name: '10 crops',
      protocol: { kind: 'ten-crop', scales: one },
      split: 'test',
      paperRow: { crops: 10 },
    },
    {
      name: '144 crops',
      protocol: { kind: 'square-crop', scales: scalesAt(size, 256, 288, 320, 352) },
      split: 'test',
      paperRow: { crops: 144 },
    },
    { name: 'train', protocol: { kind: 'centre-crop', scales: one }, split: 'train', of: [NET] },
  ];
}

const tested = (variant: string, evaluation: string): EvaluatedTerm => ({ variant, evaluation });

/** A net that is barely above chance gains from any average. */
const gates = haveLearnt(40, NET);

const claims: readonly Claim[] = [
  {
    id: 'googlenet-crops',
    kind: 'all',
    of: [
      { kind: 'same-networks', a: tested(NET, '10 crops'), b: tested(NET, '1 crop') },
      { kind: 'same-networks', a: tested(NET, '144 crops'), b: tested(NET, '10 crops') },
    ],
    gates,
    proxy: `top-1 of ${INCEPTION_PROXY}`,
  },
  {
    id: 'googlenet-models',
    kind: 'all',
    of: ['1 crop', '10 crops', '144 crops'].map(crops => ({
      kind: 'same-networks',
      a: tested(NETS, crops),
      b: tested(NET, crops),
    })),
    gates,
    proxy: `two nets for seven; top-1 of ${INCEPTION_PROXY}`,
  },
  {
    id: 'googlenet-single-many-vs-ensemble-one',
    kind: 'needs-paper-scale',
    why: 'Seven nets against one is a matter of how much each gains; the small sizes average two.',
    statement: { kind: 'same-networks', a: tested(NET, '144 crops'), b: tested(NETS, '1 crop') },
  },
  {
    id: 'googlenet-average-best',
    kind: 'needs-paper-scale',
    why: 'Every way of testing here averages softmax outputs; none takes their maximum, which the paper found worse without a number.',
  },
  {
    id: 'googlenet-wins-2014',
    kind: 'recorded',
    why: 'Places in a contest: two published numbers on images that are not public.',
  },
];

export const inceptionCrops: Experiment = {
  name: 'inception-crops',
  title: 'Inception: crops and networks averaged',
  paper: 'googlenet',
  table: 'googlenet-table-3',
  shows: 'More crops and more networks lower the error, each less than the one before.',
  claims,
  variants: [{ name: NET, model: 'inception-v1', paperRow: { models: 1 } }],
  ensembles: severalNets(7),
  profiles: {
    smoke: {
      ...smoke,
      seeds: 2,
      ensembles: severalNets(2),
      evaluations: evaluations('small'),
      purpose:
        'Proves the plumbing in seconds; no number means anything. Two seeds, since an average wants two nets.',
    },
    quick: {
      ...quick,
      ensembles: severalNets(3),
      evaluations: evaluations('small'),
      purpose: 'A first look: eighth-width nets on 1000 photographs; too few seeds for a verdict.',
    },
    reduced: {
      ...reduced,
      ensembles: severalNets(2),
      evaluations: evaluations('small'),
      purpose: 'Quarter-width nets on 1500 photographs: 10 nets, and 5 pairs of them.',
    },
    paper: {
      ...paper,
      seeds: 7,
      ensembles: severalNets(7),
      evaluations: evaluations('paper'),
      purpose: 'Seven networks on ImageNet, for GPUs.',
    },
  },
};
