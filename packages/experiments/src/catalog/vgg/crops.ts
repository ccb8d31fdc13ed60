/**
 * VGG (Simonyan and Zisserman 2014, arXiv:1409.1556), table 5: dense evaluation, multi-crop evaluation (5x5 crops and their mirror
 * images at each of three scales: 150), and both averaged; nets trained on jittered scales, Q = 256, 384, 512.
 *
 * Paper, top-1 / top-5 error: D 24.8 / 7.5 dense, 24.6 / 7.5 multi-crop, 24.4 / 7.2 both; E 24.8 / 7.5, 24.6 / 7.4, 24.4 / 7.1.
 *
 * The nets are the jittered ones of vgg-train-scale, and A stands for D at the small sizes (scales.ts). The three tests
 * are of the same nets and pair by network and by image. Differences of 0.2 points lie below what 400 images can show, so
 * "at least as good" has a margin of one point.
 *
 *   npx nx run experiments:vgg-crops
 */

import type { Claim } from '../claims.js';
import type { Experiment, TableEvaluation } from '../experiment.js';
import { haveLearnt } from '../gates.js';
import { methodAt, withoutRows } from './methods.js';
import { atAllScales, netA, paperScales, SCALES_PROXY, smallScales, trainErrors } from './scales.js';

const variants = withoutRows([netA, ...atAllScales('D'), ...atAllScales('E')]).map(variant =>
  variant.name.endsWith('/jitter') ? { ...variant, paperRow: { config: variant.name.charAt(0) } } : variant,
);
const names = variants.map(({ name }) => name);
const jittered = ['D/jitter', 'E/jitter'];

function evaluations(crop: number): readonly TableEvaluation[] {
  return [
    { ...methodAt('dense', crop, names), paperRow: { method: 'dense' } },
    { ...methodAt('multi-crop', crop, jittered), paperRow: { method: 'multi-crop' } },
    { ...methodAt('multi-crop + dense', crop, jittered), paperRow: { method: 'multi-crop + dense' } },
    ...trainErrors(variants, crop),
  ];
}

const [dense, multiCrop, both] = ['dense', 'multi-crop', 'multi-crop + dense'].map(evaluation => ({
  variant: 'D/jitter',
  evaluation,
})) as [Term, Term, Term];
type Term = { variant: string; evaluation: string };

const gates = haveLearnt(40, 'D/jitter');

const claims: readonly Claim[] = [
  { id: 'vgg-multicrop', kind: 'no-gain', a: dense, b: multiCrop, margin: 1, gates, proxy: SCALES_PROXY },
  {
    id: 'vgg-complementary',
    kind: 'all',
    of: [
      { kind: 'same-networks', a: both, b: dense },
      { kind: 'same-networks', a: both, b: multiCrop },
    ],
    gates,
    proxy: SCALES_PROXY,
  },
];

export const vggCrops: Experiment = {
  name: 'vgg-crops',
  title: 'VGG: dense and multi-crop evaluation',
  paper: 'vgg',
  table: 'vgg-table-5',
  shows: 'Many crops are slightly better than dense evaluation, and both together better than either.',
  claims,
  variants,
  profiles: {
    smoke: {
      ...smallScales('smoke', variants, ['D/jitter'], evaluations),
      purpose: 'Proves the plumbing in seconds; no number means anything.',
    },
    quick: {
      ...smallScales('quick', variants, ['D/jitter'], evaluations),
      purpose: 'A first look: A in the place of D on 1000 photographs; too few seeds for a verdict.',
    },
    reduced: {
      ...smallScales('reduced', variants, ['D/jitter'], evaluations),
      purpose: 'Eighth-width A in the place of D over 10 seeds, paired by network and image.',
    },
    paper: {
      ...paperScales(variants, evaluations),
      purpose:
        'D and E with jittered scales on ImageNet, and what they start from, for GPUs: weeks of computing.',
    },
  },
};
