/**
 * AlexNet (Krizhevsky, Sutskever and Hinton 2012), table 2: one net, five of them averaged, and one that had seen more images before.
 *
 * Paper, ILSVRC-2012 validation, top-1 and top-5 error: one CNN 40.7 and 18.2, five 38.1 and 16.4; one that was trained on the Fall 2011
 * release first (with a sixth convolution) 39.0 and 16.6; two of those with the five 36.7 and 15.4.
 *
 * Nets of 20 seeds make four groups of five, none in two of them; each is compared with the mean over its own members. For the
 * Fall 2011 release stands CIFAR-100, whose classes are not CIFAR-10's: all layers but the last are copied. At paper size the release
 * is not at hand, and the net is trained on ILSVRC-2012 alone. Its tests are on ten crops, the small ones on whole images.
 *
 *   npx nx run experiments:alexnet-ilsvrc
 */
import type { Experiment, Profile, TableEvaluation } from '../experiment.js';
import { haveLearnt } from '../gates.js';
import { PROXY, paper, quick, reduced, smoke } from './recipe.js';

const FIVE = { name: '5 CNNs', variants: ['1 CNN'], seeds: 5, paperRow: { model: '5 CNNs' } } as const;
const PRE_TRAINED = '1 CNN, pre-trained';
const LARGER_SET = 'the larger set';

const evaluations: readonly TableEvaluation[] = [
  { name: 'test', protocol: { kind: 'ten-crop', scales: [256] }, split: 'test' },
  {
    name: 'train',
    protocol: { kind: 'centre-crop', scales: [256] },
    split: 'train',
    of: ['1 CNN'],
  },
];

function onCifar(profile: Profile, epochs: number, seeds: number): Profile {
  return {
    ...profile,
    recipe: { ...profile.recipe, epochs },
    seeds,
    variants: { [LARGER_SET]: { dataset: 'cifar100' } },
  };
}

export const alexNetIlsvrc: Experiment = {
  name: 'alexnet-ilsvrc',
  title: 'AlexNet: several nets, and more images',
  paper: 'alexnet',
  table: 'alexnet-table-2',
  shows: 'Five nets averaged err less often than one; so does one that was trained on a larger set first.',
  claims: [
    {
      id: 'alexnet-ensemble',
      kind: 'same-networks',
      a: { variant: '5 CNNs', evaluation: 'test' },
      b: { variant: '1 CNN', evaluation: 'test' },
      gates: haveLearnt(45, '1 CNN'),
      proxy: PROXY,
    },
    {
      id: 'alexnet-pretrain',
      kind: 'lower',
      a: PRE_TRAINED,
      b: '1 CNN',
      gates: haveLearnt(45, '1 CNN'),
      proxy: `${PROXY}, and CIFAR-100 for the Fall 2011 release`,
    },
    {
      id: 'alexnet-val-test',
      kind: 'recorded',
      why: 'The test labels of the contest were never published.',
    },
  ],
  variants: [
    { name: '1 CNN', model: 'alexnet', paperRow: { model: '1 CNN' } },
    { name: LARGER_SET, model: 'alexnet' },
    {
      name: PRE_TRAINED,
      model: 'alexnet',
      startsFrom: { variant: LARGER_SET },
      paperRow: { model: '1 CNN, pre-trained on Fall 2011' },
    },
  ],
  ensembles: [FIVE],
  profiles: {
    smoke: { ...onCifar(smoke, 2, 1), ensembles: [{ ...FIVE, seeds: 1 }] },
    quick: { ...onCifar(quick, 6, 3), ensembles: [{ ...FIVE, seeds: 3 }] },
    reduced: onCifar(reduced, 8, 20),
    paper: { ...paper, seeds: 5, evaluations, without: [LARGER_SET, PRE_TRAINED] },
  },
};
