/**
 * AlexNet (Krizhevsky, Sutskever and Hinton 2012), table 1 and section 4.1: the same net tested on ten crops and on one.
 *
 * Paper, ILSVRC-2010 test: 37.5 % top-1 and 17.0 % top-5 error by the mean over ten crops (corners, middle, mirror images);
 * 39.0 % and 18.3 % by one (a footnote).
 *
 * Crops of 28 out of 32 pixels have the ratio of the published 224 out of 256, and conv1's maps of 21 end as one pixel. Both tests
 * are of the same networks and images, and paired by them: a small gain shows where one between trainings would not.
 * At paper size the net is tested on ILSVRC-2012's validation images, since the test images of 2010 are not at hand.
 *
 *   npx nx run experiments:alexnet-crops
 */
import type { Experiment, Profile, TableEvaluation } from '../experiment.js';
import { haveLearnt } from '../gates.js';
import { PROXY, paper, quick, reduced, smoke } from './recipe.js';

function testedAt(side: number): readonly TableEvaluation[] {
  const one = { kind: 'centre-crop', scales: [side] } as const;
  return [
    {
      name: 'ten crops',
      protocol: { kind: 'ten-crop', scales: [side] },
      split: 'test',
      paperRow: { model: 'CNN, 10 crops' },
    },
    { name: 'one crop', protocol: one, split: 'test', paperRow: { model: 'CNN, one crop (footnote)' } },
    { name: 'one crop, training images', protocol: one, split: 'train' },
  ];
}

function cropped(profile: Profile): Profile {
  const { options, recipe } = profile;
  return {
    ...profile,
    options: { ...options, input: [3, 28, 28] },
    recipe: {
      ...recipe,
      augmentation: [{ kind: 'rescale-crop', smallest: 32, largest: 32 }, { kind: 'flip' }],
    },
    evaluations: testedAt(32),
  };
}

export const alexNetCrops: Experiment = {
  name: 'alexnet-crops',
  title: 'AlexNet: ten crops against one',
  paper: 'alexnet',
  table: 'alexnet-table-1',
  shows: 'The mean over ten crops errs less often than one crop.',
  claims: [
    {
      id: 'alexnet-ten-crop',
      kind: 'same-networks',
      a: { variant: 'CNN', evaluation: 'ten crops' },
      b: { variant: 'CNN', evaluation: 'one crop' },
      gates: haveLearnt(45, 'CNN'),
      proxy: PROXY,
    },
    {
      id: 'alexnet-over-sift',
      kind: 'recorded',
      why: 'Sparse coding and SIFT with Fisher vectors are no networks, and are not built here.',
    },
  ],
  variants: [{ name: 'CNN', model: 'alexnet', paperRow: {} }],
  profiles: {
    smoke: cropped(smoke),
    quick: cropped(quick),
    reduced: cropped(reduced),
    paper: { ...paper, evaluations: testedAt(256) },
  },
};
