/**
 * AlexNet (Krizhevsky, Sutskever and Hinton 2012), section 7: is each middle convolution needed?
 *
 * Paper, in the text: leaving out any one of the middle layers costs about two points of top-1 error on ImageNet. It names no
 * layers; conv2 to conv4 have convolutions before and after them.
 *
 * Under-training makes depth look harmful: the claim waits until the full net knows its training images. A net without conv2 to
 * conv4 keeps the names and initial weights of its other layers, but for the one that sees other maps now.
 * Sizes: 20 epochs of four nets at a quarter of the width take about an hour on two cores.
 *
 *   npx nx run experiments:alexnet-depth
 */
import { lowest } from '../claims.js';
import type { Experiment } from '../experiment.js';
import { haveLearnt } from '../gates.js';
import { PROXY, paper, quick, reduced, smoke } from './recipe.js';

const LEFT_OUT = ['conv2', 'conv3', 'conv4'] as const;

export const alexNetDepth: Experiment = {
  name: 'alexnet-depth',
  title: 'AlexNet: a convolution less',
  paper: 'alexnet',
  table: 'alexnet-ablation-text',
  shows: 'Without any one of its middle convolutions the net errs about two points more often.',
  claims: [
    {
      id: 'alexnet-depth',
      ...lowest(
        'full',
        LEFT_OUT.map(layer => `without ${layer}`),
      ),
      gates: haveLearnt(40, 'full'),
      proxy: PROXY,
    },
  ],
  variants: [
    { name: 'full', model: 'alexnet' },
    ...LEFT_OUT.map(layer => ({ name: `without ${layer}`, model: 'alexnet', options: { without: layer } })),
  ],
  profiles: { smoke, quick, reduced, paper },
};
