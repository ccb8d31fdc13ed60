/**
 * ResNet (He, Zhang, Ren and Sun 2015, arXiv:1512.03385), figure 7 and section 4.1: responses of layers of plain and residual nets.
 *
 * Paper: standard deviations of the outputs of each 3x3 convolution after batch norm, before ReLU and addition, on CIFAR-10: smaller in
 * residual nets than in plain ones, and smaller the deeper the residual net (20, 56, 110). The numbers stand in a figure only. The
 * forward and backward signals of plain nets with batch norm do not vanish, which is said without numbers.
 *
 * What is missing: no metric of a run is about single layers after training, so that both claims wait. The runs that they are about
 * are here, with their errors and weights in the store. At small sizes nets have half their width, 16-pixel images.
 *
 *   npx nx run experiments:resnet-responses
 */
import type { Claim } from '../claims.js';
import type { Experiment } from '../experiment.js';
import { paper, quick, reduced, smoke } from './recipe.js';

const WAITS =
  'No run measures the outputs and gradients of its layers after training, so that no statement can be made of them yet';

const claims: readonly Claim[] = [
  {
    id: 'resnet-small-responses',
    kind: 'needs-paper-scale',
    why: `${WAITS}: deviations after batch norm, of the nets of 20 and 56 layers, plain and residual, and of ResNet-110.`,
  },
  {
    id: 'resnet-not-vanishing',
    kind: 'needs-paper-scale',
    why: `${WAITS}: norms of the gradients of the first convolutions of plain nets, against those of the last ones.`,
  },
];

export const resnetResponses: Experiment = {
  name: 'resnet-responses',
  title: 'ResNet: responses of layers',
  paper: 'resnet',
  shows:
    'Layers of residual nets respond more weakly than those of plain nets, the more so the deeper they are.',
  claims,
  variants: [
    { name: 'plain-20', model: 'plain-20' },
    { name: 'plain-56', model: 'plain-56' },
    { name: 'ResNet-20', model: 'resnet-20' },
    { name: 'ResNet-56', model: 'resnet-56' },
    { name: 'ResNet-110', model: 'resnet-110' },
  ],
  profiles: { smoke, quick, reduced, paper },
};
