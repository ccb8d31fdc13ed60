/**
 * AlexNet (Krizhevsky, Sutskever and Hinton 2012), section 4.1: random crops and mirror images, and shifts of colour.
 *
 * Paper: without crops and mirror images the net "suffers from substantial overfitting", no number; shifts along the principal axes
 * of the pixels' colours lower the top-1 error on ImageNet by more than one point.
 *
 * All three nets take as many steps of as many images. Augmentation costs a net that underfits: the claim on overfitting waits until
 * the net without any knows its training images, the other until the net with crops does. Training errors are those of the
 * clean images. At paper size `none` still crops along the longer side of a photograph, since the net takes squares.
 *
 *   npx nx run experiments:alexnet-augmentation
 */
import type { Experiment } from '../experiment.js';
import { haveLearnt } from '../gates.js';
import { PROXY, paper, paperRecipe, quick, reduced, smallRecipe, smoke } from './recipe.js';

const COLOUR = { kind: 'pca-colour', deviation: 0.1 } as const;

export const alexNetAugmentation: Experiment = {
  name: 'alexnet-augmentation',
  title: 'AlexNet: crops, mirror images and colours',
  paper: 'alexnet',
  table: 'alexnet-ablation-text',
  shows: 'Crops and mirror images keep the net from overfitting; shifts of colour help further.',
  claims: [
    {
      id: 'alexnet-crop-aug',
      kind: 'lower',
      a: 'crops and flips',
      b: 'none',
      metric: 'gap',
      gates: haveLearnt(20, 'none'),
      proxy: PROXY,
    },
    {
      id: 'alexnet-pca-colour',
      kind: 'lower',
      a: 'crops, flips and colours',
      b: 'crops and flips',
      gates: haveLearnt(40, 'crops and flips'),
      proxy: PROXY,
    },
  ],
  variants: [
    { name: 'none', model: 'alexnet', recipe: { augmentation: [] } },
    { name: 'crops and flips', model: 'alexnet' },
    {
      name: 'crops, flips and colours',
      model: 'alexnet',
      recipe: { augmentation: [...smallRecipe.augmentation, COLOUR] },
    },
  ],
  profiles: {
    smoke,
    quick,
    reduced,
    paper: {
      ...paper,
      recipe: { ...paperRecipe, augmentation: paperRecipe.augmentation.slice(0, 2) },
      variants: {
        none: { recipe: { augmentation: [{ kind: 'rescale-crop', smallest: 224, largest: 224 }] } },
        'crops, flips and colours': { recipe: { augmentation: paperRecipe.augmentation } },
      },
    },
  },
};
