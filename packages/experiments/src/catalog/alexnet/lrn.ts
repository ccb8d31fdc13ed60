/**
 * AlexNet (Krizhevsky, Sutskever and Hinton 2012), section 3.3: local response normalisation, in the four-layer net on CIFAR-10 and
 * in AlexNet on ImageNet.
 *
 * Paper: 13 % test error without and 11 % with it on CIFAR-10; 1.4 points (top-1) and 1.2 points (top-5) less on ImageNet. The course
 * notes say that it was later found not to help much; VGG's table (`vgg-lrn`) says that it does not help at all.
 *
 * The constants assume pixels on the 0–255 scale. On inputs of unit deviation alpha = 1e-4 makes the normalisation a constant
 * factor of 0.59: alpha is multiplied by the pixels' deviation squared there. It is a regulariser, so both nets must know their
 * training images. "Not much" means less than one point: the paper's own gain is 1.4.
 * The paper leaves the recipe of its CIFAR-10 net to its code; at paper size it is trained by the small recipe on all images.
 *
 *   npx nx run experiments:alexnet-lrn
 */
import type { Claim } from '../claims.js';
import type { Changes, Experiment, Profile, Variant } from '../experiment.js';
import { haveLearnt } from '../gates.js';
import { PROXY, paper, quick, reduced, SMALL_LRN_ALPHA, smallRecipe, smoke } from './recipe.js';

const ON_IMAGENET = ['AlexNet', 'AlexNet without LRN'] as const;
const ON_CIFAR = ['with LRN', 'without LRN'] as const;

const claims: readonly Claim[] = [
  {
    id: 'alexnet-lrn-cifar',
    kind: 'lower',
    a: 'with LRN',
    b: 'without LRN',
    gates: haveLearnt(40, ...ON_CIFAR),
    proxy: 'half the width and a fifth of the images for the published net',
  },
  {
    id: 'alexnet-lrn-imagenet',
    kind: 'all',
    of: [
      { kind: 'lower', a: 'AlexNet', b: 'AlexNet without LRN' },
      { kind: 'lower', a: 'AlexNet', b: 'AlexNet without LRN', metric: 'top5Error' },
    ],
    gates: haveLearnt(40, ...ON_IMAGENET),
    proxy: PROXY,
  },
  {
    id: 'course-lrn-unhelpful',
    kind: 'all',
    of: [
      { kind: 'no-gain', a: 'with LRN', b: 'without LRN', margin: 1 },
      { kind: 'no-gain', a: 'AlexNet', b: 'AlexNet without LRN', margin: 1 },
    ],
    gates: haveLearnt(40, ...ON_CIFAR, ...ON_IMAGENET),
    proxy: 'narrow nets on few 32-pixel images for those in use',
  },
];

const variants: readonly Variant[] = [
  { name: 'with LRN', model: 'alexnet-cifar', options: { lrn: true }, paperRow: { variant: 'with LRN' } },
  {
    name: 'without LRN',
    model: 'alexnet-cifar',
    options: { lrn: false },
    paperRow: { variant: 'without LRN' },
  },
  { name: 'AlexNet', model: 'alexnet', options: { lrn: true } },
  { name: 'AlexNet without LRN', model: 'alexnet', options: { lrn: false } },
];

function of(names: readonly string[], changes: Changes): Readonly<Record<string, Changes>> {
  return Object.fromEntries(names.map(name => [name, changes]));
}

/** The profile's options are those of AlexNet, which the four-layer net shares in part. */
function bothNets(profile: Profile, cifarWidth: number): Profile {
  const { input, lrnAlpha = SMALL_LRN_ALPHA, ...options } = profile.options;
  return {
    ...profile,
    options: { input, lrnAlpha },
    variants: { ...of(ON_IMAGENET, { options }), ...of(ON_CIFAR, { options: { width: cifarWidth } }) },
  };
}

export const alexNetLrn: Experiment = {
  name: 'alexnet-lrn',
  title: 'AlexNet: local response normalisation',
  paper: 'alexnet',
  table: 'alexnet-cifar-lrn',
  shows: 'Normalising responses over neighbouring maps lowers the error, on CIFAR-10 and on ImageNet.',
  claims,
  variants,
  profiles: {
    smoke: bothNets(smoke, 1 / 8),
    quick: bothNets(quick, 1 / 4),
    reduced: bothNets(reduced, 1 / 2),
    paper: {
      ...paper,
      options: { input: [3, 224, 224] },
      variants: of(ON_CIFAR, {
        options: { input: [3, 32, 32], lrnAlpha: SMALL_LRN_ALPHA },
        dataset: 'cifar10',
        subset: { train: 50_000, test: 10_000 },
        recipe: { ...smallRecipe, epochs: 90 },
      }),
    },
  },
};
