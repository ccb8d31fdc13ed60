/**
 * VGG (Simonyan and Zisserman 2014, arXiv:1409.1556), table 7: VGG beside the other entries of the ImageNet contest.
 *
 * Paper, top-1 / top-5 error on validation: one net (E, multi-crop and dense) 24.4 / 7.1, two nets 23.7 / 6.8, seven nets 24.7 /
 * 7.5; GoogLeNet one net top-5 7.9, seven nets 6.7; Krizhevsky et al. five nets 38.1 / 16.4.
 *
 * The entries of others are published numbers, so that the claims need ImageNet: the small sizes prove that the table can be made.
 * The nets and tests are those of vgg-fusion, from the same runs. Localisation (tables 8 to 10) is not built here.
 *
 *   npx nx run experiments:vgg-ilsvrc
 */
import type { Claim } from '../claims.js';
import type { Ensemble, Experiment, TableEvaluation } from '../experiment.js';
import { methodAt } from './methods.js';
import { paperScales, smallScales, trainErrors } from './scales.js';
import { submission, submissionVariants, twoNets } from './submission.js';

const variants = submissionVariants.map(variant =>
  variant.name === 'E/jitter'
    ? { ...variant, paperRow: { method: 'VGG 1 net, multi-crop + dense' } }
    : variant,
);
const two: Ensemble = {
  name: '2 nets',
  variants: twoNets,
  seeds: 1,
  paperRow: { method: 'VGG 2 nets, multi-crop + dense' },
};
const seven: Ensemble = {
  name: '7 nets',
  variants: submission,
  seeds: 1,
  paperRow: { method: 'VGG 7 nets, dense' },
};

function evaluations(crop: number): readonly TableEvaluation[] {
  const best = [...twoNets, two.name];
  const others = [...variants.map(({ name }) => name), seven.name].filter(name => !best.includes(name));
  return [
    methodAt('multi-crop + dense', crop, best),
    methodAt('dense', crop, others),
    ...trainErrors(variants, crop),
  ];
}

const ON_IMAGENET = 'The other side is a published number on ImageNet.';
const best = (variant: string): { variant: string; evaluation: string } => {
  return { variant, evaluation: 'multi-crop + dense' };
};

const claims: readonly Claim[] = [
  {
    id: 'vgg-single-vs-googlenet',
    kind: 'needs-paper-scale',
    why: ON_IMAGENET,
    statement: { kind: 'threshold', term: best('E/jitter'), is: 'below', value: 7.9, metric: 'top5Error' },
  },
  {
    id: 'vgg-vs-googlenet-ensemble',
    kind: 'needs-paper-scale',
    why: ON_IMAGENET,
    statement: { kind: 'threshold', term: best('2 nets'), is: 'above', value: 6.7, metric: 'top5Error' },
  },
  {
    id: 'vgg-fewer-epochs',
    kind: 'recorded',
    why: 'Both numbers of epochs are what two groups chose to train, by a validation error on ImageNet; 74 and 90 stand in the recipes here.',
  },
  {
    id: 'vgg-loc-pcr',
    kind: 'recorded',
    why: 'Localisation by regression of boxes: neither the head nor boxes are part of this project.',
  },
  {
    id: 'vgg-loc-finetune-all',
    kind: 'recorded',
    why: 'Localisation by regression of boxes: neither the head nor boxes are part of this project.',
  },
];

export const vggIlsvrc: Experiment = {
  name: 'vgg-ilsvrc',
  title: 'VGG beside other entries of the ImageNet contest',
  paper: 'vgg',
  table: 'vgg-table-7',
  shows: 'One VGG net beats every other single net, and two come close to seven of GoogLeNet.',
  claims,
  variants,
  ensembles: [two, seven],
  profiles: {
    smoke: {
      ...smallScales('smoke', variants, twoNets, evaluations),
      ensembles: [two],
      purpose: 'Proves the plumbing in seconds; no number means anything.',
    },
    quick: {
      ...smallScales('quick', variants, twoNets, evaluations),
      ensembles: [two],
      purpose: 'One net against two, A and B in the place of D and E: nothing to set beside the contest.',
    },
    reduced: {
      ...smallScales('reduced', variants, twoNets, evaluations),
      ensembles: [two],
      purpose:
        'One net against two over 10 seeds, A and B in the place of D and E: nothing to set beside the contest.',
    },
    paper: {
      ...paperScales(variants, evaluations),
      purpose: 'The nets of the submission and those after it on ImageNet, for GPUs: months of computing.',
    },
  },
};
