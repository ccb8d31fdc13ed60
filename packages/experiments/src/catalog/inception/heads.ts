/**
 * Inception v1 (Szegedy et al. 2014, arXiv:1409.4842), section 5: its heads. Average pooling before one dense layer, dropout of 0.4
 * before that, and two auxiliary classifiers after modules 4a and 4d in training.
 *
 * Paper: average pooling in place of fully connected layers improves top-1 accuracy by about 0.6 points, and dropout "remained
 * essential"; no errors. It gives no number for the auxiliary heads. Parameters about 7 million (table 1), against AlexNet's 61;
 * 1.5 thousand million multiply-adds; both are counted without the auxiliary heads, which only training has.
 *
 * Dropout is a regulariser and hurts a net that under-fits: the gate asks for the training error of the net without it.
 *
 *   npx nx run experiments:inception-heads
 */

import type { Claim } from '../claims.js';
import type { Experiment } from '../experiment.js';
import { haveLearnt } from '../gates.js';
import { INCEPTION_PROXY, inceptionProfiles } from './recipe.js';

const { smoke, quick, reduced, paper } = inceptionProfiles(1 / 4);

/** AlexNet's parameters, counted with its two groups (papers/course_notes.json). */
const ALEXNET_PARAMETERS = 60_965_224;

/** "About 7M" and "about 1.5e9": to the last digit that is given. */
const claims: readonly Claim[] = [
  {
    id: 'googlenet-fewer-params',
    kind: 'all',
    of: [
      { kind: 'count', quantity: 'parameters', a: 'no heads', b: 7_000_000, is: 'about', within: 0.07 },
      { kind: 'count', quantity: 'parameters', a: 'no heads', b: ALEXNET_PARAMETERS, is: 'fewer' },
    ],
  },
  {
    id: 'googlenet-macs',
    kind: 'count',
    quantity: 'multiplyAdds',
    a: 'no heads',
    b: 1_500_000_000,
    is: 'about',
    within: 0.07,
  },
  {
    id: 'googlenet-avgpool-head',
    kind: 'needs-paper-scale',
    why: 'The paper does not say what fully connected head the average pooling replaced, and the model here has only the latter.',
  },
  {
    id: 'googlenet-dropout-still-needed',
    kind: 'lower',
    a: 'GoogLeNet',
    b: 'no dropout',
    gates: haveLearnt(10, 'no dropout'),
    proxy: INCEPTION_PROXY,
  },
];

export const inceptionHeads: Experiment = {
  name: 'inception-heads',
  title: 'Inception: auxiliary heads and dropout',
  paper: 'googlenet',
  table: 'googlenet-text-avgpool',
  shows: 'Dropout helps even without fully connected layers; auxiliary heads push gradients into a deep net.',
  claims,
  variants: [
    { name: 'GoogLeNet', model: 'inception-v1' },
    { name: 'no heads', model: 'inception-v1', options: { heads: false } },
    { name: 'no dropout', model: 'inception-v1', options: { dropout: 0 } },
  ],
  profiles: {
    smoke: { ...smoke, purpose: 'Proves the plumbing in seconds; no number means anything.' },
    quick: {
      ...quick,
      purpose: 'A first look: eighth-width nets on 1000 photographs; too few seeds for a verdict.',
    },
    reduced: { ...reduced, purpose: 'Quarter-width nets on 1500 photographs over 10 paired seeds.' },
    paper: { ...paper, purpose: 'Inception v1 on ImageNet, for GPUs.' },
  },
};
