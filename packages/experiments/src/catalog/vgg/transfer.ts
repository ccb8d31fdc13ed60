/**
 * VGG (Simonyan and Zisserman 2014, arXiv:1409.1556), table 11: nets trained on ImageNet as fixed feature extractors for smaller
 * sets, a linear classifier trained on them.
 *
 * Paper, Caltech-101 / Caltech-256 accuracy: D 91.8 / 85.0, E 92.3 / 85.1, D+E 92.7 / 86.2; VOC-2007 mean AP 89.3, 89.3, 89.7.
 *
 * The paper trains a linear SVM on L2-normalised fc2 features that are averaged over places and scales, and stacks those of
 * two nets. Here all layers but the last are frozen and the last is trained as a softmax classifier on fc2 as it is, without
 * dropout; "D+E" averages what two such nets say. VOC's several labels an image and its AP are not part of this
 * project; Caltech's folders can be given with --dataset=image-folder.
 * Small sizes: A and B for D and E, which learn in the time; from CIFAR-100 to few images of CIFAR-10.
 *
 *   npx nx run experiments:vgg-transfer
 */
import type { Claim } from '../claims.js';
import type { Changes, Experiment, TableEvaluation, Variant } from '../experiment.js';
import { smallRecipe, vggDepth } from './depth.js';

const { smoke, quick, reduced, paper } = vggDepth.profiles;

const variants: readonly Variant[] = [
  { name: 'D, source', model: 'vgg-d' },
  { name: 'E, source', model: 'vgg-e' },
  { name: 'D', model: 'vgg-d', startsFrom: { variant: 'D, source' } },
  { name: 'E', model: 'vgg-e', startsFrom: { variant: 'E, source' } },
];

/** Ten classes for a hundred: the last layer starts fresh, the others stay. */
function classifierOnly(hiddenLayers: number): Changes {
  return { options: { dropout: 0 }, recipe: { freeze: { kind: 'first', layers: hiddenLayers } } };
}

const A = { model: 'vgg-a', ...classifierOnly(10) };
const B = { model: 'vgg-b', ...classifierOnly(12) };

function smallVariants(source: Pick<Changes, 'subset' | 'recipe'>): Readonly<Record<string, Changes>> {
  const from = { dataset: 'cifar100', ...source };
  return { 'D, source': { model: 'vgg-a', ...from }, 'E, source': { model: 'vgg-b', ...from }, D: A, E: B };
}

const evaluations: readonly TableEvaluation[] = [
  { name: 'test', protocol: { kind: 'whole-image' }, split: 'test' },
  { name: 'train', protocol: { kind: 'whole-image' }, split: 'train' },
];

const both = { variant: 'D+E', evaluation: 'test' } as const;

const claims: readonly Claim[] = [
  {
    id: 'vgg-transfer-deeper',
    kind: 'needs-paper-scale',
    why: 'Which of two nets of 16 and 19 layers has the better features shows where both have learnt a thousand classes, and the sets are Caltech and VOC.',
    statement: {
      kind: 'all',
      of: [
        { kind: 'no-gain', a: 'D', b: 'E', margin: 0.5 },
        { kind: 'lower', a: both, b: { variant: 'E', evaluation: 'test' } },
      ],
    },
  },
];

export const vggTransfer: Experiment = {
  name: 'vgg-transfer',
  title: 'VGG: features for other data',
  paper: 'vgg',
  table: 'vgg-table-11',
  shows: 'Features of nets trained on ImageNet serve smaller sets; those of two nets together serve best.',
  claims,
  variants,
  ensembles: [{ name: 'D+E', variants: ['D', 'E'], seeds: 1 }],
  evaluations,
  profiles: {
    smoke: {
      ...smoke,
      variants: smallVariants({}),
      purpose: 'Proves the plumbing in seconds; no number means anything.',
    },
    quick: {
      ...quick,
      subset: { train: 1000, test: 1000 },
      variants: smallVariants({ subset: { train: 5000, test: 1000 } }),
      purpose:
        'A first look: eighth-width A and B from CIFAR-100 to 1000 images of CIFAR-10; too few seeds for a verdict.',
    },
    reduced: {
      ...reduced,
      subset: { train: 2000, test: 2000 },
      options: { ...reduced.options, width: 1 / 8 },
      recipe: { ...smallRecipe, epochs: 30 },
      variants: smallVariants({ subset: { train: 10_000, test: 2000 } }),
      purpose: 'Eighth-width A and B from CIFAR-100 to 2000 images of CIFAR-10 over 10 seeds.',
    },
    paper: {
      ...paper,
      dataset: 'image-folder',
      // Caltech-256 with 60 training images a class, the rest for testing.
      subset: { train: 15_360, test: 14_420 },
      recipe: { ...paper.recipe, epochs: 30 },
      variants: {
        'D, source': {
          dataset: 'imagenet',
          subset: { train: 1_281_167, test: 50_000 },
          recipe: { epochs: 74 },
        },
        'E, source': {
          dataset: 'imagenet',
          subset: { train: 1_281_167, test: 50_000 },
          recipe: { epochs: 74 },
        },
        D: classifierOnly(15),
        E: classifierOnly(18),
      },
      evaluations: evaluations.map(evaluation => ({
        ...evaluation,
        protocol: { kind: 'dense', flip: true, scales: [256, 384, 512] },
      })),
      purpose: 'D and E from ImageNet to folders of images, Caltech-256 in the paper, for GPUs.',
    },
  },
};
