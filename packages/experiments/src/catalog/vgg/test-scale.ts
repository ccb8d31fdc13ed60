/**
 * VGG (Simonyan and Zisserman 2014, arXiv:1409.1556), table 4: does averaging over several test scales help, and whom most?
 * Fixed S: Q = S - 32, S, S + 32; jittered S: Q = 256, 384, 512. All tested densely.
 *
 * Paper, top-1 error: B/256 28.2; C 27.7, 27.8, 26.3; D 26.6, 26.5, 24.8; E 26.9, 26.7, 24.8 (S = 256, 384, jittered). At one scale
 * (table 3): B 28.7; C 28.1, 28.1, 27.3; D 27.0, 26.8, 25.6; E 27.3, 26.9, 25.5.
 *
 * Nets, photographs and gates are those of vgg-train-scale, from the same runs (see scales.ts). One test of a net and another pair
 * by network and by image. At 64 pixels a dense pass at 64 to 82 has one place, so that the fixed S = 256 can gain from zoom alone.
 *
 *   npx nx run experiments:vgg-test-scale
 */

import type { Claim, EvaluatedTerm, GainStep } from '../claims.js';
import type { Experiment, TableEvaluation } from '../experiment.js';
import { haveLearnt } from '../gates.js';
import {
  atAllScales,
  atScale256,
  denseAt,
  netA,
  paperScales,
  SCALES_PROXY,
  smallScales,
  trainErrors,
} from './scales.js';

const variants = [netA, atScale256('B'), ...atAllScales('C'), ...atAllScales('D'), ...atAllScales('E')];
const names = variants.map(({ name }) => name);
const at256 = names.filter(name => name.endsWith('/256') || name === 'A');
const at384 = names.filter(name => name.endsWith('/384'));
const jittered = names.filter(name => name.endsWith('/jitter'));
const small = ['D/256', 'D/384', 'D/jitter'];

/** Several scales first: those are the table's. */
function evaluations(crop: number): readonly TableEvaluation[] {
  const dense = (of: readonly string[], ...scales: readonly number[]): TableEvaluation => {
    return { name: `Q=${scales.join()}`, protocol: denseAt(crop, ...scales), split: 'test', of };
  };
  return [
    dense(at256, 224, 256, 288),
    dense(at384, 352, 384, 416),
    dense(jittered, 256, 384, 512),
    dense(at256, 256),
    dense([...at384, ...jittered], 384),
    ...trainErrors(variants, crop),
  ];
}

const D256 = step('D/256', 'Q=256', 'Q=224,256,288');
const D384 = step('D/384', 'Q=384', 'Q=352,384,416');
const JITTER = step('D/jitter', 'Q=384', 'Q=256,384,512');

function step(
  variant: string,
  from: string,
  to: string,
): GainStep & { from: EvaluatedTerm; to: EvaluatedTerm } {
  return { from: { variant, evaluation: from }, to: { variant, evaluation: to } };
}

const gates = haveLearnt(40, ...small);

const claims: readonly Claim[] = [
  {
    id: 'vgg-test-multiscale',
    kind: 'all',
    of: [D256, D384, JITTER].map(({ from, to }) => ({ kind: 'same-networks', a: to, b: from })),
    gates,
    proxy: SCALES_PROXY,
  },
  {
    id: 'vgg-jitter-gain-larger-multiscale',
    kind: 'all',
    of: [D256, D384].map(less => ({ kind: 'gains-more', more: JITTER, less })),
    gates,
    proxy: SCALES_PROXY,
  },
];

export const vggTestScale: Experiment = {
  name: 'vgg-test-scale',
  title: 'VGG: test scale',
  paper: 'vgg',
  table: 'vgg-table-4',
  shows: 'Averaging over several test scales helps every net, and most those trained on jittered scales.',
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
      purpose:
        'Eighth-width A in the place of D on 1500 photographs over 10 paired seeds, paired by image too.',
    },
    paper: {
      ...paperScales(variants, evaluations),
      purpose: 'B to E at three training scales on ImageNet, for GPUs: months of computing.',
    },
  },
};
