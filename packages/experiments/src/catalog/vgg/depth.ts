/**
 * VGG (Simonyan and Zisserman 2014, arXiv:1409.1556), table 3 at S = Q = 256: does depth help, and does LRN?
 *
 * Paper, top-1 error on ILSVRC-2012 validation: A 29.6, A-LRN 29.7, B 28.7, C 28.1, D 27.0, E 27.3.
 * Deep nets start from A's first four convolutions and its fully connected layers, as in the paper (section 3.1).
 *
 * What the small profiles change, one rule for all variants:
 * - Inputs are divided by the pixels' deviation and weights start by He's rule: at a quarter width and 32 pixels, N(0, 0.1²)
 *   on the 0–255 scale starves the deep nets, and the table would only say that they start late.
 * - LRN's alpha assumes pixels on the 0–255 scale; on inputs of unit deviation it is multiplied by that deviation squared.
 * - The rate drops at fixed fractions of the training instead of when validation stalls, which would unpair the variants.
 * - `reduced` takes no crops: with them its nets, trained for an hour and a half in all, would only tell which of them starts later.
 * - At 32 pixels the last maps are 1x1 and fc1 sees 512 times the width: its units and its dropout shrink with it.
 *
 * How the recipe of `quick` was chosen: by the training loss alone (2.30 is chance), one seed of those from 100 on for each row,
 * on 5000 images, for CIFAR-10 and for the generated set that stands in for it. Small batches give more steps for the same
 * images; half the rate keeps E from stalling. Nets that see few steps begin late on shapes that vary much in size, so the
 * generated set itself got larger ones.
 *
 *   images                               epochs x batch  rate    A     A-LRN  B     C     D     E
 *   CIFAR-10                             6 x 64          0.02    1.69  1.70   1.70  1.79  1.83  1.92
 *   CIFAR-10                             8 x 32          0.02    1.62  1.58   1.63  1.75  1.77  1.81
 *   CIFAR-10                             8 x 32          0.01    1.58  1.59   1.59  1.63  1.64  1.78   taken
 *   shapes, radius 0.2–0.4, more noise   12 x 64         0.02    2.30  2.29   1.71  2.30  2.22  2.30
 *   shapes, radius 0.3–0.48              8 x 32          0.02    1.57  2.30   0.91  1.32  0.91  1.30
 *   shapes, radius 0.33–0.47             8 x 64          0.02    1.06  1.13   0.65  0.84  0.80  2.30
 *   shapes, radius 0.36–0.48             8 x 32          0.02    0.68  0.51   0.81  0.64  0.52  0.88
 *   shapes, radius 0.36–0.48             8 x 32          0.015   0.43  0.52   0.27  0.51  0.43  0.68
 *   shapes, radius 0.36–0.48             8 x 32          0.01    0.59  0.71   0.30  0.43  0.37  0.50   taken
 *
 * `reduced` must end below the training errors that its claims are gated on, and in an hour and a half. By training error again, seed
 * 100, at a quarter of the width unless said otherwise; 10,000 images in 30 epochs of batches of 128, which get there, take four hours.
 *
 *   images, epochs x batch, rate                       errors on clean training images, percent
 *   5000, 30 x 32, 0.01, crops and flips               A 33, E 38
 *   10,000, 16 x 64, 0.02, no dropout                  A 33
 *   10,000, 40 x 64, 0.015, an eighth of the width     A 53 on augmented images after 10 epochs: given up
 *   5000, 30 x 32, 0.01, flips alone                   A 10, E 22   taken, with 26 epochs
 *
 *   npx nx run experiments:vgg-depth
 */
import type { Recipe } from '@strata/core/training';
import type { Claim } from '../claims.js';
import type { Experiment, Variant } from '../experiment.js';
import { haveLearnt } from '../gates.js';

/** Deviation of natural images' pixels on the 0–255 scale (CIFAR-10: 63, 62 and 67 by channel). */
const PIXEL_DEVIATION = 64;

const STARTED_FROM_A = {
  variant: 'A',
  layers: ['conv1_1', 'conv2_1', 'conv3_1', 'conv3_2', 'fc1', 'fc2', 'fc3'],
} as const;

const variants: readonly Variant[] = [
  { name: 'A', model: 'vgg-a' },
  { name: 'A-LRN', model: 'vgg-a-lrn' },
  { name: 'B', model: 'vgg-b', startsFrom: STARTED_FROM_A },
  { name: 'C', model: 'vgg-c', startsFrom: STARTED_FROM_A },
  { name: 'D', model: 'vgg-d', startsFrom: STARTED_FROM_A },
  { name: 'E', model: 'vgg-e', startsFrom: STARTED_FROM_A },
].map(variant => ({ ...variant, paperRow: { config: variant.name, train_S: '256' } }));

const PROXY = 'narrow nets on 32-pixel images for the published ones on ImageNet';

/**
 * The margin of saturation comes from the paper: the table moves by 2.6 points from A to D and by 0.3 from D to E; one point
 * lies well below the first.
 */
const claims: readonly Claim[] = [
  { id: 'vgg-depth-A-B', kind: 'lower', a: 'B', b: 'A', gates: haveLearnt(30, 'A', 'B'), proxy: PROXY },
  {
    id: 'vgg-depth-order',
    kind: 'order',
    falling: ['A', 'B', 'C', 'D'],
    gates: haveLearnt(30, 'A', 'B', 'C', 'D'),
    proxy: PROXY,
  },
  { id: 'vgg-1x1-helps', kind: 'lower', a: 'C', b: 'B', gates: haveLearnt(30, 'B', 'C'), proxy: PROXY },
  {
    id: 'vgg-3x3-beats-1x1',
    kind: 'lower',
    a: 'D',
    b: 'C',
    gates: haveLearnt(30, 'C', 'D'),
    proxy: `${PROXY}, at one of the three training scales`,
  },
  {
    id: 'vgg-saturation',
    kind: 'no-difference',
    a: 'E',
    b: 'D',
    margin: 1,
    gates: haveLearnt(30, 'D', 'E'),
    proxy: PROXY,
  },
  { id: 'vgg-E-worse-fixed', kind: 'lower', a: 'D', b: 'E', gates: haveLearnt(30, 'D', 'E'), proxy: PROXY },
];

const paperRecipe: Recipe = {
  epochs: 74,
  batchSize: 256,
  optimizer: {
    kind: 'sgd',
    form: 'scaled-velocity',
    momentum: 0.9,
    nesterov: false,
    weightDecay: 5e-4,
    decayOn: 'all',
  },
  schedule: { kind: 'steps', initial: 0.01, dropAt: [0.5, 0.7, 0.9], factor: 0.1, warmUpSteps: 0 },
  initialisation: { kind: 'gaussian', deviation: 0.1, width: 1, bias: 0 },
  normalisation: { kind: 'mean' },
  augmentation: [
    { kind: 'rescale-crop', smallest: 256, largest: 256 },
    { kind: 'flip' },
    { kind: 'pca-colour', deviation: 0.1 },
  ],
};

export const smallRecipe: Recipe = {
  ...paperRecipe,
  batchSize: 128,
  schedule: { kind: 'steps', initial: 0.02, dropAt: [0.6, 0.85], factor: 0.1, warmUpSteps: 50 },
  initialisation: { kind: 'msra', bias: 0 },
  normalisation: { kind: 'mean-deviation' },
  augmentation: [{ kind: 'pad-crop', pad: 4, mode: 'zero' }, { kind: 'flip' }],
};

const smallOptions = { input: [3, 32, 32], lrnAlpha: 1e-4 * PIXEL_DEVIATION ** 2 } as const;

export const vggDepth: Experiment = {
  name: 'vgg-depth',
  title: 'VGG: depth, and local response normalisation',
  paper: 'vgg',
  table: 'vgg-table-3',
  shows: 'The error falls from 11 to 16 layers and stalls at 19; local response normalisation gains nothing.',
  claims,
  variants,
  profiles: {
    smoke: {
      purpose:
        'Proves the plumbing in a minute or two; the nets learn next to nothing, and no number means anything.',
      dataset: 'cifar10',
      subset: { train: 256, test: 200 },
      options: { ...smallOptions, width: 1 / 16, hidden: 32, dropout: 0.2 },
      recipe: { ...smallRecipe, epochs: 2, batchSize: 32 },
      seeds: 1,
      startFromTrained: true,
    },
    quick: {
      purpose:
        'A first look: eighth-width nets that have begun to learn, on CIFAR-10 and on the generated shapes; too few seeds for a verdict.',
      dataset: 'cifar10',
      subset: { train: 5000, test: 1000 },
      options: { ...smallOptions, width: 1 / 8, hidden: 128, dropout: 0.2 },
      recipe: {
        ...smallRecipe,
        epochs: 8,
        batchSize: 32,
        schedule: { ...smallRecipe.schedule, initial: 0.01 },
      },
      seeds: 3,
      startFromTrained: true,
    },
    reduced: {
      purpose:
        'Quarter-width nets on 5000 images over 10 paired seeds: enough for verdicts on differences of a point or two.',
      dataset: 'cifar10',
      subset: { train: 5000, test: 2000 },
      options: { ...smallOptions, width: 1 / 4, hidden: 128, dropout: 0.2 },
      recipe: {
        ...smallRecipe,
        epochs: 26,
        batchSize: 32,
        schedule: { ...smallRecipe.schedule, initial: 0.01 },
        augmentation: [{ kind: 'flip' }],
      },
      seeds: 10,
      startFromTrained: true,
    },
    paper: {
      purpose: 'The published networks and recipe on ImageNet, for GPUs: weeks of computing.',
      dataset: 'imagenet',
      subset: { train: 1_281_167, test: 50_000 },
      options: { input: [3, 224, 224], classes: 1000, width: 1, dropout: 0.5 },
      recipe: paperRecipe,
      seeds: 1,
      startFromTrained: true,
    },
  },
};
