/**
 * VGG (Simonyan and Zisserman 2014, arXiv:1409.1556), table 6: softmax outputs of several networks averaged.
 *
 * Paper, top-1 / top-5 error on validation: the seven nets of the submission 24.7 / 7.5 (dense); D and E, both jittered,
 * 24.0 / 7.1 dense, 23.9 / 7.2 multi-crop, 23.7 / 6.8 both. One of them alone: 24.4 / 7.1 at best (table 5).
 *
 * A and B stand for D and E at the small sizes, and there are no seven nets (scales.ts). Each seed makes a pair of nets of
 * its own, none used twice. Dense evaluation is at Q = 256, 384, 512 for all; the submission's nets had scales of their own.
 * A net that has not learnt adds noise to the other: the gates ask for both.
 *
 *   npx nx run experiments:vgg-fusion
 */

import type { Claim } from '../claims.js';
import type { Ensemble, Experiment, TableEvaluation } from '../experiment.js';
import { haveLearnt } from '../gates.js';
import { methodAt } from './methods.js';
import { paperScales, smallScales, trainErrors } from './scales.js';
import { submission, TWO_NETS_PROXY, twoNets, submissionVariants as variants } from './submission.js';

const fusion: Ensemble = {
  name: 'D+E',
  variants: twoNets,
  seeds: 1,
  paperRow: { models: 'D/jitter + E/jitter' },
};
const seven: Ensemble = {
  name: '7 nets',
  variants: submission,
  seeds: 1,
  paperRow: {
    models: '7 nets of the submission: D/256, D/384, D/jitter(FC only), C/256, C/384, E/256, E/384',
  },
};

function evaluations(crop: number): readonly TableEvaluation[] {
  const all = [...variants.map(({ name }) => name), fusion.name, seven.name];
  const jittered = [...twoNets, fusion.name];
  return [
    { ...methodAt('dense', crop, all), paperRow: { evaluation: 'dense' } },
    { ...methodAt('multi-crop', crop, jittered), paperRow: { evaluation: 'multi-crop' } },
    { ...methodAt('multi-crop + dense', crop, jittered), paperRow: { evaluation: 'multi-crop + dense' } },
    ...trainErrors(variants, crop),
  ];
}

const dense = (variant: string): { variant: string; evaluation: string } => ({
  variant,
  evaluation: 'dense',
});

const claims: readonly Claim[] = [
  {
    id: 'vgg-fusion',
    kind: 'all',
    of: twoNets.map(alone => ({ kind: 'lower', a: dense(fusion.name), b: dense(alone) })),
    gates: haveLearnt(40, ...twoNets),
    proxy: `${TWO_NETS_PROXY}; that two beat seven is left to the paper's size`,
  },
];

export const vggFusion: Experiment = {
  name: 'vgg-fusion',
  title: 'VGG: fusion of networks',
  paper: 'vgg',
  table: 'vgg-table-6',
  shows: 'Two nets averaged beat either alone, and beat seven weaker ones.',
  claims,
  variants,
  ensembles: [fusion, seven],
  profiles: {
    smoke: {
      ...smallScales('smoke', variants, twoNets, evaluations),
      ensembles: [fusion],
      purpose: 'Proves the plumbing in seconds; no number means anything.',
    },
    quick: {
      ...smallScales('quick', variants, twoNets, evaluations),
      ensembles: [fusion],
      purpose:
        'A first look: A and B in the place of D and E on 1000 photographs; too few seeds for a verdict.',
    },
    reduced: {
      ...smallScales('reduced', variants, twoNets, evaluations),
      ensembles: [fusion],
      purpose: 'Eighth-width A and B in the place of D and E over 10 pairs of nets.',
    },
    paper: {
      ...paperScales(variants, evaluations),
      purpose: 'The nets of the submission and those after it on ImageNet, for GPUs: months of computing.',
    },
  },
};
