/**
 * VGG (Simonyan and Zisserman 2014, arXiv:1409.1556), table 3, training scale: S = 256, S = 384, or drawn from 256 to 512 for every
 * image; tested densely at one scale, Q = S, and Q = 384 for the jittered.
 *
 * Paper, top-1 error: C 28.1, 28.1, 27.3; D 27.0, 26.8, 25.6; E 27.3, 26.9, 25.5.
 *
 * At 32 pixels jitter would be upsampling, so the small profiles crop photographs (photographs.ts; scales.ts says which nets).
 * Jitter is a regulariser and hurts a net that under-fits: the gates ask for the training error of the nets with a fixed S.
 * At Q = 73 a dense pass over 64-pixel crops' net has one place (2x2 last maps either way), at 110 it has four, as in the paper.
 *
 *   npx nx run experiments:vgg-train-scale
 */

import { type Claim, lowest } from '../claims.js';
import type { Experiment, TableEvaluation } from '../experiment.js';
import { haveLearnt } from '../gates.js';
import { atAllScales, denseAt, netA, paperScales, SCALES_PROXY, smallScales, trainErrors } from './scales.js';

const variants = [netA, ...atAllScales('C'), ...atAllScales('D'), ...atAllScales('E')];
const small = ['D/256', 'D/384', 'D/jitter'];

function evaluations(crop: number): readonly TableEvaluation[] {
  const names = variants.map(({ name }) => name);
  return [
    {
      name: 'Q=256',
      protocol: denseAt(crop, 256),
      split: 'test',
      of: names.filter(name => !/384|jitter/.test(name)),
    },
    {
      name: 'Q=384',
      protocol: denseAt(crop, 384),
      split: 'test',
      of: names.filter(name => /384|jitter/.test(name)),
    },
    ...trainErrors(variants, crop),
  ];
}

const gates = haveLearnt(30, 'D/256', 'D/384');

/** "At least as good": the paper's differences between fixed scales are up to 0.4, those of jitter about 1; half of that. */
const claims: readonly Claim[] = [
  { id: 'vgg-train-jitter', ...lowest('D/jitter', ['D/256', 'D/384']), gates, proxy: SCALES_PROXY },
  {
    id: 'vgg-s384-vs-s256',
    kind: 'no-gain',
    a: 'D/256',
    b: 'D/384',
    margin: 0.5,
    gates,
    proxy: SCALES_PROXY,
  },
];

export const vggTrainScale: Experiment = {
  name: 'vgg-train-scale',
  title: 'VGG: training scale',
  paper: 'vgg',
  table: 'vgg-table-3',
  shows: 'Training on images of jittered size beats training at a fixed size.',
  claims,
  variants,
  profiles: {
    smoke: {
      ...smallScales('smoke', variants, small, evaluations),
      purpose: 'Proves the plumbing in seconds; no number means anything.',
    },
    quick: {
      ...smallScales('quick', variants, small, evaluations),
      purpose: 'A first look: A in the place of D on 1000 photographs; too few seeds for a verdict.',
    },
    reduced: {
      ...smallScales('reduced', variants, small, evaluations),
      purpose: 'Eighth-width A in the place of D on 1500 photographs over 10 paired seeds.',
    },
    paper: {
      ...paperScales(variants, evaluations),
      purpose: 'C, D and E at three training scales on ImageNet, for GPUs: months of computing.',
    },
  },
};
