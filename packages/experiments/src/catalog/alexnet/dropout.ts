/**
 * AlexNet (Krizhevsky, Sutskever and Hinton 2012), section 4.2: dropout of one half in the first two dense layers.
 *
 * Paper, without numbers: without dropout the net "exhibits substantial overfitting", and dropout "roughly doubles the number of
 * iterations required to converge".
 *
 * A net that underfits has nothing to overfit: both claims wait until the net without dropout knows its training images. The small
 * nets get 1,024 dense units (512 in `quick`), for half of a few are too few, and neither crops nor flips, so that
 * 10,000 images are as few for them as a million for 60 million weights. Convergence is read off the test error, since training
 * errors are taken while units are dropped: 55 % is half of the way from chance to what such a net reaches.
 *
 *   npx nx run experiments:alexnet-dropout
 */
import type { Experiment, Profile } from '../experiment.js';
import { haveLearnt } from '../gates.js';
import { PROXY, paper, quick, reduced, smoke } from './recipe.js';

function overfitting(profile: Profile, hidden: number, epochs: number): Profile {
  const { options, recipe } = profile;
  return { ...profile, options: { ...options, hidden }, recipe: { ...recipe, epochs, augmentation: [] } };
}

export const alexNetDropout: Experiment = {
  name: 'alexnet-dropout',
  title: 'AlexNet: dropout in the dense layers',
  paper: 'alexnet',
  shows: 'Without dropout the net overfits much more, and learns sooner.',
  claims: [
    {
      id: 'alexnet-dropout',
      kind: 'lower',
      a: 'dropout',
      b: 'no dropout',
      metric: 'gap',
      gates: haveLearnt(20, 'no dropout'),
      proxy: PROXY,
    },
    {
      id: 'alexnet-dropout-slower',
      kind: 'sooner',
      a: 'no dropout',
      b: 'dropout',
      curve: 'testError',
      target: 55,
      gates: haveLearnt(20, 'no dropout'),
      proxy: PROXY,
    },
  ],
  variants: [
    { name: 'dropout', model: 'alexnet', options: { dropout: 0.5 } },
    { name: 'no dropout', model: 'alexnet', options: { dropout: 0 } },
  ],
  profiles: {
    smoke: overfitting(smoke, 32, 2),
    quick: overfitting(quick, 512, 8),
    reduced: overfitting(reduced, 1024, 20),
    paper,
  },
};
